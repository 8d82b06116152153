import { WorkbenchError } from '../../foundation/errors.ts';
import type { Evaluation, Run } from '../../runs/records.ts';
import type { Outcome } from '../../statistics/outcome.ts';
import type { Workbench } from '../Workbench.ts';

/** Which images were right, where the predictions are kept and can be read: without them a table has its numbers. */
export async function outcomeIfKept(
  { log, predictions, outcomes }: Workbench,
  run: Run,
  evaluation: Evaluation,
): Promise<Outcome | null> {
  try {
    return await outcomes.of(log, predictions, run.id, evaluation);
  } catch (error) {
    if (error instanceof WorkbenchError) return null;
    throw error;
  }
}
