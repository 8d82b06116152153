import { sameEvaluation } from '../configuration/evaluations.ts';
import type { Evaluation, Run } from './records.ts';

/**
 * Whether a run's own checkpoint was scored on its own validation images, averaged as its own configuration says: by
 * whatever protocol, at whatever scales.
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

/** The latest evaluation as the run's own configuration asks for it, scales and all; null before there is one. */
export function ownResult(run: Pick<Run, 'config' | 'dataset'>, evaluations: readonly Evaluation[]) {
  const own = (evaluation: Evaluation) =>
    isScoredAsOwn(run, evaluation) && sameEvaluation(run.config.evaluation, evaluation);
  return evaluations.findLast(own) ?? null;
}
