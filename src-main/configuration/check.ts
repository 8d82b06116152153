import { WorkbenchError } from '../foundation/errors.ts';
import type { RunConfig } from './schema.ts';
import { formatTrainScale } from './scales.ts';

/**
 * Checks what no single key can: that scales hold the crop and the batch is made of whole micro-batches.
 *
 * @throws WorkbenchError `invalid-value`
 */
export function checkRunConfig({ network, data, training, evaluation }: RunConfig): void {
  const { crop } = network;
  const least = [data.trainScale].flat()[0] ?? 0;
  if (least < crop) {
    throw invalid(
      `data.trainScale (${formatTrainScale(data.trainScale)}) is smaller than network.crop (${crop}), so no crop fits into an image.`,
      `Give an S of at least ${crop}, or a smaller crop.`,
    );
  }
  const small = evaluation.testScales.find((scale) => scale < crop);
  if (small !== undefined) {
    throw invalid(
      `evaluation.testScales contains ${small}, which is smaller than network.crop (${crop}).`,
      `Give each Q at least ${crop}, or a smaller crop.`,
    );
  }
  const { batch, microBatch } = training;
  if (microBatch !== null && batch % microBatch !== 0) {
    throw invalid(
      `training.microBatch (${microBatch}) does not divide training.batch (${batch}).`,
      'Give a micro-batch that fits into the batch a whole number of times.',
    );
  }
}

function invalid(fact: string, nextStep: string): WorkbenchError {
  return new WorkbenchError('invalid-value', fact, nextStep);
}
