import type { RequestedEvaluation } from '../configuration/evaluations.ts';
import type { EvaluationSettings } from '../configuration/schema.ts';
import { readEvaluations } from '../runs/folder/evaluationsFile.ts';
import { hasPosteriors } from '../runs/folder/keptPosteriors.ts';
import { predictionsKey, type EvaluationIdentity } from '../runs/folder/predictionsFile.ts';
import type { RunFolder } from '../runs/folder/RunFolder.ts';

/**
 * What a run still lacks of the evaluations requested of one of its checkpoints: so an interrupted evaluation goes on where
 * it was. One whose posteriors are to be kept lacks them, too.
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
