import { sameScales } from '../configuration/scales.ts';
import type { Evaluation, Run } from './records.ts';

/** Whether a run was scored as its own configuration says, at whatever scales, on its own validation images. */
export function isOwnEvaluation(
  { config, dataset }: Pick<Run, 'config' | 'dataset'>,
  { protocol, average, horizontalFlip, checkpoint, datasetFingerprint }: Evaluation,
): boolean {
  const own = config.evaluation;
  return (
    protocol === own.protocol &&
    average === own.average &&
    horizontalFlip === own.horizontalFlip &&
    checkpoint === own.checkpoint &&
    datasetFingerprint === dataset?.valFingerprint
  );
}

/** The latest evaluation as the run's own configuration asks for it, scales and all; null before there is one. */
export function ownResult(run: Pick<Run, 'config' | 'dataset'>, evaluations: readonly Evaluation[]) {
  const { testScales } = run.config.evaluation;
  const own = (evaluation: Evaluation) =>
    isOwnEvaluation(run, evaluation) && sameScales(evaluation.testScales, testScales);
  return evaluations.findLast(own) ?? null;
}
