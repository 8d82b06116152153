import type { ScoredImages } from '../evaluation/evaluate.ts';
import { scoredImage } from '../evaluation/predictions.ts';
import { posteriorsPath, writeKeptPosteriors } from '../runs/folder/keptPosteriors.ts';
import { predictionsKey, predictionsPath, writePredictions } from '../runs/folder/predictionsFile.ts';
import { RunFolder } from '../runs/folder/RunFolder.ts';
import type { PreparedImages } from '../training/preparedImages.ts';
import type { EvaluateJob } from './protocol.ts';

/**
 * Keeps the predictions of a run's evaluation for each image in the run's folder; for other weights nothing is kept.
 *
 * @param whole whether all posteriors are kept, in addition to the most probable classes
 */
export function keepScores(
  { dataset, architecture, facts }: PreparedImages,
  { runFolder, checkpoint, step }: Pick<EvaluateJob, 'runFolder' | 'checkpoint' | 'step'>,
  { posteriors, ...evaluation }: ScoredImages,
  { whole }: { whole: boolean },
): void {
  if (runFolder === null || checkpoint === null || step === null) return;
  const { name: datasetName, valFingerprint: datasetFingerprint } = facts;
  const folder = new RunFolder(runFolder);
  const key = predictionsKey({ ...evaluation, checkpoint, step, datasetFingerprint });
  writePredictions(
    predictionsPath(folder, key),
    dataset.val.map(({ name, label }, image) => ({
      name,
      label,
      ...scoredImage(posteriors, architecture.classes, image, label),
    })),
  );
  if (!whole) return;
  writeKeptPosteriors(posteriorsPath(folder, key), posteriors, {
    fingerprint: datasetFingerprint,
    dataset: datasetName,
    classes: dataset.classes,
    images: dataset.val.map(({ name }) => name),
    labels: dataset.val.map(({ label }) => label),
  });
}
