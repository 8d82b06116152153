import { defined } from '../foundation/defined.ts';
import type { RunConfig } from '../configuration/schema.ts';
import { imagesAtOnce } from '../configuration/imagesAtOnce.ts';
import { TrainingLoader } from '../data/TrainingLoader.ts';
import { imagesFromPixels } from '../engine/ops/images.ts';
import type { Variable } from '../engine/Variable.ts';
import { readParameters } from '../vgg/weights/readParameters.ts';
import { scaleToUnitVariance } from '../vgg/unitVariance.ts';
import { randomInitialiser } from '../vgg/initialise.ts';
import { Parameters } from '../vgg/Parameters.ts';
import { copyWeights } from '../vgg/weights/load.ts';
import { recordOf, type WeightsRecord } from '../weights/record.ts';
import { openWeights } from '../weights/openWeights.ts';
import { readAs } from '../weights/WeightsFile.ts';
import { readState, restoreVelocities, type RunState } from './checkpoint.ts';
import { checkpointPath } from './checkpointFiles.ts';
import { MomentumSgd } from './MomentumSgd.ts';
import { PlateauSchedule } from './PlateauSchedule.ts';
import { trainingStatistics } from './preparedImages.ts';
import type { TrainingJob } from './TrainingJob.ts';

/** Weights, velocities and state with which a run starts or is resumed. */
export interface StartingPoint {
  parameters: Parameters;
  optimiser: MomentumSgd;
  state: RunState;
  /** The weights file, if the run has just begun from one. */
  weights?: WeightsRecord;
}

/**
 * Where a run starts: at its last checkpoint if it has one, else at fresh weights, some or all of them copied from
 * `initialWeights` as the configuration says.
 */
export async function startingPoint(job: TrainingJob): Promise<StartingPoint> {
  const { config, checkpointFolder } = job;
  const { architecture, dataset } = job.images;
  const saved = readState(checkpointFolder, 'last');
  const { parameters, weights } = saved
    ? { parameters: readParameters(checkpointPath(checkpointFolder, 'last'), architecture) }
    : await freshParameters(job);
  const optimiser = new MomentumSgd(learning(parameters, config.training), config.training);
  if (saved) restoreVelocities(checkpointFolder, parameters, optimiser);
  const { classes } = dataset;
  const state = saved ? { ...saved, classes: saved.classes ?? classes } : { ...initialState(job), classes };
  return { parameters, optimiser, state, ...defined({ weights }) };
}

async function freshParameters(
  job: TrainingJob,
): Promise<{ parameters: Parameters; weights?: WeightsRecord }> {
  const { config, initialWeights } = job;
  const { architecture } = job.images;
  const random = randomInitialiser(config.initialisation, config.training.seed);
  const { channels } = config.data;
  const own = channels ?? 'RGB';
  if (initialWeights === null) {
    const parameters = new Parameters(architecture, random, own);
    if (config.initialisation.scheme === 'lsuv') await scaleOnFirstBatch(parameters, job);
    return { parameters };
  }
  const file = readAs(await openWeights(initialWeights), channels);
  try {
    const copy = copyWeights(file, architecture, config.initialisation.layers, random);
    return { weights: await recordOf(file), parameters: new Parameters(architecture, copy, own) };
  } finally {
    file.close();
  }
}

/** Scales the layers on the images with which the first step begins. */
async function scaleOnFirstBatch(
  parameters: Parameters,
  { config, images, pool }: TrainingJob,
): Promise<void> {
  const loader = new TrainingLoader({
    dataset: images.dataset,
    statistics: trainingStatistics(images),
    config,
    pool,
    start: { epoch: 0, step: 0 },
  });
  try {
    const { pixels, offsets, labels } = await loader.next();
    const { crop } = config.network;
    const count = Math.min(labels.length, imagesAtOnce(config.training));
    using batch = imagesFromPixels(
      pixels.subarray(0, count * crop * crop * 3),
      [count, crop, crop],
      offsets.slice(0, count * 3),
      images.deviation,
    );
    scaleToUnitVariance(parameters, batch);
  } catch (error) {
    parameters.dispose();
    throw error;
  } finally {
    await loader.close();
  }
}

/** The variables that training changes. */
function learning(parameters: Parameters, { trainable, epochs }: RunConfig['training']): Variable[] {
  if (epochs === 0) return [];
  if (trainable === 'all') return parameters.variables();
  return parameters
    .parametricLayers()
    .filter(({ kind }) => kind === 'fc')
    .flatMap((layer) => [parameters.of(layer).weight, parameters.of(layer).bias]);
}

function initialState({ config, images: { mean, deviation } }: TrainingJob): Omit<RunState, 'classes'> {
  return {
    version: 2,
    seed: config.training.seed,
    mean: [...mean],
    deviation: [...deviation],
    channels: config.data.channels ?? 'RGB',
    step: 0,
    epoch: 0,
    stepInEpoch: 0,
    validations: 0,
    seconds: 0,
    schedule: new PlateauSchedule(config.training).state,
    logBytes: null,
    best: null,
  };
}
