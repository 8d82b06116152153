import { pairOutcomes, type Outcome } from '../../../statistics/outcome.ts';
import { pairedComparison, type PairedComparison } from '../../../statistics/paired.ts';
import { WorkbenchError } from '../../../foundation/errors.ts';
import type { Workbench } from '../../Workbench.ts';
import { scoredEvaluation } from './scored.ts';

/**
 * Two runs on the same images.
 *
 * @param evaluation a key of kept predictions, whose step may be another in the second run; by default each run's own
 * @throws WorkbenchError `predictions-missing`, `claims-other-images`, `run-not-found`
 */
export async function compareRunPair(
  workbench: Workbench,
  first: string,
  second: string,
  evaluation?: string,
): Promise<PairedComparison> {
  const one = await outcomeOfRun(workbench, first, evaluation);
  return pairedComparison(pairOutcomes(one, await outcomeOfRun(workbench, second, evaluation)));
}

async function outcomeOfRun(
  { log, predictions, outcomes }: Workbench,
  requested: string,
  evaluation: string | undefined,
): Promise<Outcome> {
  const run = log.runs.get(log.runs.resolve(requested));
  const kept =
    evaluation === undefined
      ? scoredEvaluation(log, run, run.config.evaluation)
      : [...predictions.evaluationsOf(log, run.id)].find(
          ([key]) => withoutStep(key) === withoutStep(evaluation),
        )?.[1];
  if (kept) return await outcomes.of(log, predictions, run.id, kept);
  throw new WorkbenchError(
    'predictions-missing',
    `Run ${run.id} has kept no predictions ${evaluation ?? 'of its own evaluation'}.`,
    `Score it with npm run -s vgg -- evaluate ${run.id}: each evaluation keeps its predictions.`,
  );
}

/** The step of the weights and the images are each run's own; whether the images are the same is looked at later. */
function withoutStep(key: string): string {
  return key.replace(/_step\d+_[0-9a-f]*$/, '');
}
