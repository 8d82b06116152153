import type { ConfigProblem } from './problems.ts';
import { imagesAtOnce } from './imagesAtOnce.ts';
import type { RunConfig } from './schema.ts';
import { normalisedNets } from '../vocabulary/configurations.ts';
import { trainScaleText } from '../vocabulary/scales.ts';

/** The last maps of the nets with batch normalisation are so many times smaller than the crop. */
const shrinking = 32;

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
  const { microBatch, warmUpEpochs, epochs } = training;
  if (warmUpEpochs >= epochs && warmUpEpochs > 0 && epochs > 0) {
    yield invalid(
      'training.warmUpEpochs',
      `training.warmUpEpochs (${warmUpEpochs}) leaves nothing of training.epochs (${epochs}).`,
      'Give fewer epochs of warm-up than there are epochs.',
    );
  }
  yield* conflictsOfShares({ network, training });
  const together = imagesAtOnce(training);
  if (normalisedNets.has(network.config) && crop <= shrinking && together === 1 && training.epochs > 0) {
    yield invalid(
      microBatch === null ? 'training.batch' : 'training.microBatch',
      `With one image at a time and network.crop=${crop}, batch normalisation of the last layers of ${network.config} has one value for each channel: it becomes 0, and its gradient too.`,
      'Give two images or more at a time, or a larger crop.',
    );
  }
}

/** Problems with how a batch is divided, among processes and then in micro-batches. */
function* conflictsOfShares({
  network,
  training: { batch, microBatch, processes },
}: Pick<RunConfig, 'network' | 'training'>): Generator<ConfigProblem> {
  const share = batch / processes;
  if (!Number.isInteger(share)) {
    yield invalid(
      'training.processes',
      `training.processes (${processes}) does not divide training.batch (${batch}).`,
      'Give a batch that is a multiple of the number of processes.',
    );
  } else if (microBatch !== null && share % microBatch !== 0) {
    const whole = processes === 1 ? 'training.batch' : "each process's share of training.batch";
    yield invalid(
      'training.microBatch',
      `training.microBatch (${microBatch}) does not divide ${whole} (${share}).`,
      'Give a micro-batch that fits into the batch a whole number of times.',
    );
  }
  if (normalisedNets.has(network.config) && processes > 1) {
    yield {
      key: 'training.processes',
      code: 'normalised-in-shares',
      message: `${network.config} normalises by the whole batch, and each of ${processes} processes would see only its share.`,
      nextStep: 'Train it in one process (training.processes=1).',
    };
  }
}

function invalid(key: string, message: string, nextStep: string): ConfigProblem {
  return { key, code: 'invalid-value', message, nextStep };
}
