import { defaultTestScales } from '../configuration/defaultScales.ts';
import type { EvaluationImages } from '../data/EvaluationImages.ts';
import { meanCrossEntropy } from '../evaluation/errors.ts';
import { evaluate } from '../evaluation/evaluate.ts';
import type { Network } from '../vgg/Network.ts';
import type { TrainingJob } from './TrainingJob.ts';

/** The result of a validation: the errors in %, and the mean cross-entropy. */
export interface Validation {
  top1Error: number;
  top5Error: number;
  loss: number;
}

/** Whether a series is reported with the validation of an epoch, after its last step, and not with the steps. */
export function isOfValidation(name: string): boolean {
  return name.startsWith('val/') || name === 'learningRate';
}

/**
 * The validation of an epoch: a centre crop at S, or at the middle of [Smin; Smax]. It steers the training; the tables
 * use other evaluations.
 *
 * @throws the reason of the team's signal
 */
export async function validate(
  {
    config: { data },
    images: { dataset, architecture, mean, deviation },
    team,
  }: Pick<TrainingJob, 'config' | 'images' | 'team'>,
  network: Network,
  images: EvaluationImages,
): Promise<Validation> {
  const labels = dataset.val.map(({ label }) => label);
  const validation = evaluate(
    {
      network,
      architecture,
      images,
      labels,
      mean,
      deviation,
      settings: { average: 'before-softmax', horizontalFlip: false },
      team,
    },
    [{ protocol: 'centre-crop', testScales: defaultTestScales(data.trainScale) }],
  );
  const { value: result } = await validation.next();
  if (!result) throw new Error('One evaluation was asked for.');
  const { top1Error, top5Error, posteriors } = result;
  return { top1Error, top5Error, loss: meanCrossEntropy(posteriors, architecture.classes, labels) };
}

/** Of equal errors, which a small validation set often has, the one with the lower loss is better. */
export function isBetter(
  validation: { top1Error: number; loss: number },
  best: { top1Error: number; loss: number } | null,
): boolean {
  if (best === null || validation.top1Error < best.top1Error) return true;
  return validation.top1Error === best.top1Error && validation.loss < best.loss;
}
