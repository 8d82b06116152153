import { beforeAll, describe, expect, it } from 'vitest';
import { softmaxCrossEntropy } from '../../src-main/engine/ops/convolution.ts';
import { scale } from '../../src-main/engine/ops/pointwise.ts';
import { liveTensors, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { LayerStatistics } from '../../src-main/training/LayerStatistics.ts';
import { MomentumSgd } from '../../src-main/training/MomentumSgd.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenFile, goldenNets, goldenParameters, readImages, type GoldenNet } from '../support/golden.ts';

beforeAll(openTestEngine);

/** Mean, population deviation, norm and root mean square, in double precision and two passes. */
function momentsOf(values: ArrayLike<number>) {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
  const squares = all.reduce((sum, value) => sum + value ** 2, 0);
  return {
    mean,
    deviation: Math.sqrt(variance),
    norm: Math.sqrt(squares),
    rms: Math.sqrt(squares / all.length),
  };
}

/** One watched step on PyTorch's input and labels. */
function watchedStep(net: GoldenNet, { momentum = 0.9, weightDecay = 5e-4 } = {}) {
  const file = goldenFile(net);
  const parameters = goldenParameters(net, file);
  const before = parameters
    .parametricLayers()
    .map((layer) => parameters.of(layer).weight.with((value) => Array.from(value.dataSync())));
  const network = new Network(parameters);
  const optimiser = new MomentumSgd(parameters.variables(), { momentum, weightDecay });
  const statistics = new LayerStatistics(parameters, optimiser);
  const images = readImages(file, 'input.nchw');
  const labels = tensorflow().tf.tensor1d(file.readInt32('labels'), 'int32');
  const { losses, gradient } = softmaxCrossEntropy(network.forward(images), labels);
  losses.dispose();
  const mean = scale(gradient, 1 / images.shape[0]);
  gradient.dispose();
  network.backward(mean, {
    sink: (parameter, byParameter) => {
      statistics.apply(parameter, byParameter, 0.01);
    },
  });
  const tensors = liveTensors();
  const values = statistics.take();
  const after = parameters
    .parametricLayers()
    .map((layer) => parameters.of(layer).weight.with((value) => Array.from(value.dataSync())));
  return { file, parameters, values, before, after, kept: liveTensors() - tensors };
}

function near(actual: number | undefined, expected: number, tolerance: number) {
  expect(Math.abs((actual ?? NaN) - expected), `${actual} for ${expected}`).toBeLessThan(tolerance);
}

describe('LayerStatistics', () => {
  it.each(goldenNets)("sums up the gradients of net %s as PyTorch's own, to 1e-4", (net) => {
    const { file, parameters, values } = watchedStep(net);
    for (const layer of parameters.parametricLayers()) {
      const expected = momentsOf(file.read(`grad.${layer.stored}.weight`));
      near(values[`gradient/${layer.name}/norm`], expected.norm, 1e-4 * expected.norm);
      near(values[`gradient/${layer.name}/deviation`], expected.deviation, 1e-4 * expected.deviation);
      // Means are small differences of large sums: they are held against the deviation.
      near(values[`gradient/${layer.name}/mean`], expected.mean, 1e-4 * expected.deviation);
    }
  });

  it.each([
    { momentum: 0.9, weightDecay: 5e-4 },
    { momentum: 0, weightDecay: 5e-4 },
    { momentum: 0, weightDecay: 0 },
  ])('measures what the update was, with $momentum and $weightDecay', (settings) => {
    const { parameters, values, before, after } = watchedStep('A', settings);
    for (const [index, layer] of parameters.parametricLayers().entries()) {
      const { norm } = momentsOf(before[index] ?? []);
      const change = momentsOf((after[index] ?? []).map((value, at) => value - (before[index]?.[at] ?? NaN)));
      near(values[`weight/${layer.name}/norm`], norm, 1e-5 * norm);
      near(values[`weight/${layer.name}/update`], change.norm / norm, (1e-3 * change.norm) / norm);
    }
  });
});
