import type { ConfigProblem } from './problems.ts';
import type { RunConfig } from './schema.ts';
import { trainScaleText } from '../vocabulary/scales.ts';

/** Problems between keys: scales smaller than the crop, a batch that is not made of whole micro-batches. */
export function* conflictsOf({
  network,
  data,
  initialisation,
  training,
  evaluation,
}: RunConfig): Generator<ConfigProblem> {
  const { crop } = network;
  const least = [data.trainScale].flat()[0] ?? 0;
  if (least < crop) {
    yield invalid(
      'data.trainScale',
      `data.trainScale (${trainScaleText(data.trainScale)}) is smaller than network.crop (${crop}), so no crop fits into an image.`,
      `Give an S of at least ${crop}, or a smaller crop.`,
    );
  }
  const small = evaluation.testScales.find((scale) => scale < crop);
  if (small !== undefined) {
    yield invalid(
      'evaluation.testScales',
      `evaluation.testScales contains ${small}, which is smaller than network.crop (${crop}).`,
      `Give each Q at least ${crop}, or a smaller crop.`,
    );
  }
  if (initialisation.scheme === 'lsuv' && initialisation.from !== null) {
    yield invalid(
      'initialisation.scheme',
      'initialisation.scheme lsuv scales every layer of a net, so none of them can be copied from initialisation.from.',
      'Leave out initialisation.from, or choose another scheme for the layers that are not copied.',
    );
  }
  const { batch, microBatch, warmUpEpochs, epochs } = training;
  if (warmUpEpochs >= epochs && warmUpEpochs > 0) {
    yield invalid(
      'training.warmUpEpochs',
      `training.warmUpEpochs (${warmUpEpochs}) leaves nothing of training.epochs (${epochs}).`,
      'Give fewer epochs of warm-up than there are epochs.',
    );
  }
  if (microBatch !== null && batch % microBatch !== 0) {
    yield invalid(
      'training.microBatch',
      `training.microBatch (${microBatch}) does not divide training.batch (${batch}).`,
      'Give a micro-batch that fits into the batch a whole number of times.',
    );
  }
}

function invalid(key: string, message: string, nextStep: string): ConfigProblem {
  return { key, code: 'invalid-value', message, nextStep };
}
