import { untilAborted } from '../foundation/interruption.ts';
import type { TrainingEvent } from './events.ts';
import { Training } from './Training.ts';
import type { TrainingJob } from './TrainingJob.ts';

/**
 * Trains a net as Sect. 3.1 of the paper does: mini-batch gradient descent with momentum on the cross-entropy, the learning
 * rate divided by ten when the validation error stops improving.
 *
 * Resumes from the last checkpoint in the job's folder if there is one. When the team is to stop, finishes the current
 * step, writes a checkpoint and returns.
 *
 * @throws WorkbenchError `training-diverged`, and those of the pipeline and of the disk; the last checkpoint is kept
 */
export async function train(
  job: TrainingJob,
  report: (event: TrainingEvent) => void,
): Promise<'finished' | 'interrupted'> {
  const { signal } = job.team;
  const training = await Training.open(job, report);
  try {
    training.begin();
    const end = await untilAborted(signal, async () => {
      while (!training.isOver) {
        await training.epoch();
        training.keep(await training.validate());
      }
      return 'finished' as const;
    });
    if (end === 'interrupted') training.checkpoint();
    return end;
  } finally {
    await training.close();
  }
}
