import type { Tensor } from '../tensorflow.ts';
import {
  boolAttribute,
  executeAll,
  floatAttribute,
  ofFloats,
  stringAttribute,
  typeAttribute,
} from './execute.ts';

/*
 * Batch normalisation (Ioffe and Szegedy 2015) of maps [batch, height, width, channels], with one scale and one shift per
 * channel: y = scale · (x − mean) / √(variance + 1e-5) + shift. None disposes its inputs; the caller owns the results.
 */

/** PyTorch's defaults, which He et al.'s published nets use. */
export const normalisationEpsilon = 1e-5;
const momentum = 0.1;

const attributes = (training: boolean) => [
  ofFloats(),
  typeAttribute('U', 'float'),
  floatAttribute('epsilon', normalisationEpsilon),
  boolAttribute('is_training', training),
  stringAttribute('data_format', 'NHWC'),
];

/** The tensors that normalise the channels, each [channels]. */
export interface NormalisationTensors {
  scale: Tensor;
  shift: Tensor;
  /** Running mean and (unbiased) variance. */
  mean: Tensor;
  variance: Tensor;
}

/** The statistics of a training pass that its gradient needs, in the form that the device's kernel returns. */
export interface BatchStatistics {
  mean: Tensor;
  variance: Tensor;
  reserved: Tensor;
}

/** Normalises by the batch's own mean and variance; the running ones move a tenth of the way towards them. */
export function normaliseBatch(
  maps: Tensor,
  { scale, shift, mean, variance }: NormalisationTensors,
): { output: Tensor; runningMean: Tensor; runningVariance: Tensor; statistics: BatchStatistics } {
  const [output, runningMean, runningVariance, batchMean, batchVariance, reserved] = executeAll(
    'FusedBatchNormV3',
    [...attributes(true), floatAttribute('exponential_avg_factor', momentum)],
    [maps, scale, shift, mean, variance],
    6,
  );
  if (!output || !runningMean || !runningVariance || !batchMean || !batchVariance || !reserved)
    throw outputsMissing();
  return {
    output,
    runningMean,
    runningVariance,
    statistics: { mean: batchMean, variance: batchVariance, reserved },
  };
}

/** Normalises by the running mean and variance, as at test time. */
export function normaliseAsTrained(
  maps: Tensor,
  { scale, shift, mean, variance }: NormalisationTensors,
): Tensor {
  const [output, ...others] = executeAll(
    'FusedBatchNormV3',
    attributes(false),
    [maps, scale, shift, mean, variance],
    6,
  );
  for (const other of others) other.dispose();
  if (!output) throw outputsMissing();
  return output;
}

/**
 * Gradients by the maps, the scale and the shift, through either kind of normalisation.
 *
 * @param statistics of the batch, if it was normalised by them; null if by the running ones
 */
export function batchNormalisationGradient(
  gradient: Tensor,
  maps: Tensor,
  { scale, mean, variance }: NormalisationTensors,
  statistics: BatchStatistics | null,
): { byMaps: Tensor; byScale: Tensor; byShift: Tensor } {
  const used = statistics ?? { mean, variance, reserved: scale };
  const [byMaps, byScale, byShift, ...others] = executeAll(
    'FusedBatchNormGradV3',
    attributes(statistics !== null),
    [gradient, maps, scale, used.mean, used.variance, used.reserved],
    5,
  );
  for (const other of others) other.dispose();
  if (!byMaps || !byScale || !byShift) throw outputsMissing();
  return { byMaps, byScale, byShift };
}

function outputsMissing(): Error {
  return new Error('A batch normalisation has more outputs.');
}
