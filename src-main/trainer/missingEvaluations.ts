import type { RequestedEvaluation } from '../configuration/evaluations.ts';
import type { EvaluationSettings } from '../configuration/schema.ts';
import { readEvaluations } from '../runs/folder/evaluationsFile.ts';
import { hasPosteriors } from '../runs/folder/keptPosteriors.ts';
import { predictionsKey, type EvaluationIdentity } from '../runs/folder/predictionsFile.ts';
import type { RunFolder } from '../runs/folder/RunFolder.ts';

/**
 * The requested evaluations that one of a run's checkpoints still lacks, so that an interrupted evaluation continues
 * where it stopped. An evaluation also counts as missing if its posteriors should be kept and are not.
 */
export function missingEvaluations(
  folder: RunFolder,
  requested: readonly RequestedEvaluation[],
  { average, horizontalFlip, keepPosteriors }: EvaluationSettings,
  weights: Pick<EvaluationIdentity, 'checkpoint' | 'step' | 'datasetFingerprint'>,
): RequestedEvaluation[] {
  const known = new Set(readEvaluations(folder.evaluations).map(predictionsKey));
  return requested.filter((one) => {
    const key = predictionsKey({ average, horizontalFlip, ...one, ...weights });
    const isKept = !(keepPosteriors || one.keepPosteriors) || hasPosteriors(folder, key);
    return !known.has(key) || !isKept;
  });
}
