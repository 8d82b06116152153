import { scale } from '../engine/ops/pointwise.ts';
import { halfSquares, mean } from '../engine/ops/reduction.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { Network } from './Network.ts';
import type { Parameters } from './Parameters.ts';

/** Of the variance from 1, and the number of times that a layer is scaled at most: as in the paper that proposes it. */
const tolerance = 0.1;
const mostTimes = 10;

/**
 * Layer-sequential unit variance (Mishkin and Matas 2016): from the first layer to the last, divides each layer's weights
 * by the deviation of its output before the ReLU, until the variance of that output over the images is 1.
 *
 * @param images [batch, crop, crop, 3], as the net reads them; owned by the caller
 * @throws WorkbenchError `no-variance` if a layer gives the same value everywhere
 */
export function scaleToUnitVariance(parameters: Parameters, images: Tensor): void {
  for (const layer of parameters.parametricLayers()) {
    const network = new Network(parameters, { until: layer.name, linear: true });
    const { weight } = parameters.of(layer);
    for (let times = 0; times < mostTimes; times++) {
      const variance = varianceOf(network.forward(images));
      network.release();
      if (!(variance > 0 && Number.isFinite(variance))) throw noVariance(layer.name, variance);
      if (Math.abs(variance - 1) < tolerance) break;
      weight.assign(weight.with((value) => scale(value, 1 / Math.sqrt(variance))));
    }
  }
}

function varianceOf(output: Tensor): number {
  using squares = halfSquares(output);
  using average = mean(output);
  const [half = NaN] = squares.dataSync<'float32'>();
  const [middle = NaN] = average.dataSync<'float32'>();
  return (2 * half) / output.size - middle ** 2;
}

function noVariance(layer: string, variance: number): WorkbenchError {
  return new WorkbenchError(
    'no-variance',
    `The output of ${layer} has a variance of ${variance} over the first batch, which no scale makes 1.`,
    'Look at the images and at data.mean and data.deviation, or choose another initialisation.scheme.',
    { kind: 'failure' },
  );
}
