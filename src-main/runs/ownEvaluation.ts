import { sameEvaluation } from '../configuration/evaluations.ts';
import type { Evaluation, Run } from './records.ts';

/**
 * Whether a run's own checkpoint was scored on its own validation images, averaged as its configuration says, by any
 * protocol and at any scales.
 */
export function isScoredAsOwn(
  { config, dataset }: Pick<Run, 'config' | 'dataset'>,
  { average, horizontalFlip, checkpoint, datasetFingerprint }: Evaluation,
): boolean {
  const own = config.evaluation;
  return (
    average === own.average &&
    horizontalFlip === own.horizontalFlip &&
    checkpoint === own.checkpoint &&
    datasetFingerprint === dataset?.valFingerprint
  );
}

/** The latest evaluation by the run's own configuration, scales included; null before there is one. */
export function ownResult(run: Pick<Run, 'config' | 'dataset'>, evaluations: readonly Evaluation[]) {
  const own = (evaluation: Evaluation) =>
    isScoredAsOwn(run, evaluation) && sameEvaluation(run.config.evaluation, evaluation);
  return evaluations.findLast(own) ?? null;
}
