import { CheckpointKeeper } from './CheckpointKeeper.ts';
import type { TrainingEvent } from './events.ts';
import { startedEvent } from './startedEvent.ts';
import { startingPoint } from './startingPoint.ts';
import type { TrainingJob } from './TrainingJob.ts';

/**
 * Replaces {@link train} for a run of no epochs: its initial weights become both its last and its best checkpoint, and
 * no image is used.
 *
 * @throws WorkbenchError those of the weights and of the disk
 */
export async function keepUntrained(job: TrainingJob, report: (event: TrainingEvent) => void): Promise<void> {
  const start = await startingPoint(job);
  try {
    report(startedEvent(job, start, 0));
    const checkpoints = new CheckpointKeeper(job, start, report);
    checkpoints.keepLast(start.state);
    checkpoints.keepBest(start.state);
  } finally {
    start.optimiser.dispose();
    start.parameters.dispose();
  }
}
