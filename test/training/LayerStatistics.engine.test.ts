import { beforeAll, describe, expect, it } from 'vitest';
import type { PixelBatch } from '../../src-main/data/PixelBatch.ts';
import { softmaxCrossEntropy } from '../../src-main/engine/ops/loss.ts';
import { scale } from '../../src-main/engine/ops/pointwise.ts';
import { liveTensors, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { Draws } from '../../src-main/foundation/random.ts';
import { forEachLayer } from '../../src-main/insight/forward.ts';
import { GradientSum } from '../../src-main/training/GradientSum.ts';
import { LayerStatistics } from '../../src-main/training/LayerStatistics.ts';
import { MomentumSgd } from '../../src-main/training/MomentumSgd.ts';
import { gradientStep, type StepSettings } from '../../src-main/training/step.ts';
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
  const { losses, gradient } = softmaxCrossEntropy(
    network.forward(images, { watch: statistics.seeOutput }),
    labels,
  );
  losses.dispose();
  const mean = scale(gradient, 1 / images.shape[0]);
  gradient.dispose();
  network.backward(mean, {
    sink: (parameter, byParameter) => {
      statistics.apply(parameter, byParameter, 0.01);
    },
  });
  const values = statistics.take();
  const after = parameters
    .parametricLayers()
    .map((layer) => parameters.of(layer).weight.with((value) => Array.from(value.dataSync())));
  return { file, parameters, images, values, before, after };
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

  it.each(['A-LRN', 'D'] as const)('sums up the activations of net %s as they are one by one', (net) => {
    const { file, values, images } = watchedStep(net);
    const untouched = goldenParameters(net, file);
    forEachLayer(untouched, images, (layer, output) => {
      if (layer.kind === 'pool') return;
      const all = output.dataSync<'float32'>();
      const expected = momentsOf(all);
      near(values[`activation/${layer.name}/mean`], expected.mean, 1e-4 * expected.rms);
      near(values[`activation/${layer.name}/deviation`], expected.deviation, 1e-4 * expected.deviation);
      near(values[`activation/${layer.name}/rms`], expected.rms, 1e-4 * expected.rms);
      const channels = output.shape.at(-1) ?? NaN;
      const isDead = (channel: number) =>
        all.every((value, index) => index % channels !== channel || value === 0);
      const dead = Array.from({ length: channels }, (_, channel) => channel).filter(isDead).length;
      const expectedDead = layer.kind === 'lrn' || layer.name === 'fc8' ? undefined : dead / channels;
      expect(values[`activation/${layer.name}/dead`]).toBe(expectedDead);
    });
  });
});

/** Pixels and labels at random for net B. */
function randomBatch(images: number): PixelBatch {
  const draws = new Draws(11, 'crop');
  return {
    pixels: Uint8Array.from({ length: images * 64 * 64 * 3 }, () => draws.integer(0, 255)),
    offsets: new Float32Array(images * 3).fill(-120),
    labels: Int32Array.from({ length: images }, () => draws.integer(0, 9)),
  };
}

/** Two steps of net B with dropout, watched or not; the statistics of the second. */
function twoSteps(isWatched: boolean, microBatch: number) {
  const parameters = goldenParameters('B', goldenFile('B'));
  const network = new Network(parameters);
  const optimiser = new MomentumSgd(parameters.variables(), { momentum: 0.9, weightDecay: 5e-4 });
  const statistics = new LayerStatistics(parameters, optimiser);
  const sums = new GradientSum();
  let values: Record<string, number> = {};
  const tensors: number[] = [];
  for (const step of [0, 1]) {
    const watched = isWatched ? statistics : null;
    const settings: StepSettings = {
      crop: 64,
      microBatch,
      dropout: 0.5,
      clipNorm: null,
      deviation: [1, 1, 1],
      seed: 3,
      step,
    };
    gradientStep(
      {
        network,
        sums,
        update: (parameter, gradient) => {
          (watched ?? optimiser).apply(parameter, gradient, 0.001);
        },
      },
      randomBatch(6),
      { ...settings, watch: watched?.seeOutput },
    );
    values = statistics.take();
    tensors.push(liveTensors());
  }
  const weights = parameters
    .variables()
    .map((variable) => variable.with((value) => Buffer.from(value.dataSync<'float32'>().slice().buffer)));
  return { values, weights, tensors };
}

describe('a step that is watched', () => {
  it.each([6, 4])(
    'with micro-batches of %i gives the weights that it gives unwatched, to the bit',
    (microBatch) => {
      const watched = twoSteps(true, microBatch);
      const unwatched = twoSteps(false, microBatch);
      expect(
        watched.weights.every((bytes, index) => bytes.equals(unwatched.weights[index] ?? Buffer.of())),
      ).toBe(true);
      expect(unwatched.values).toEqual({});
    },
  );

  it('gives the same statistics from micro-batches, to 1e-4', () => {
    const whole = twoSteps(true, 6).values;
    const parts = twoSteps(true, 4).values;
    expect(Object.keys(parts)).toEqual(Object.keys(whole));
    for (const [name, value] of Object.entries(whole)) {
      const [group = '', layer = '', quantity = ''] = name.split('/');
      // Means are small differences of large sums.
      const size = quantity === 'mean' ? (whole[`${group}/${layer}/deviation`] ?? NaN) : value;
      near(parts[name], value, 1e-4 * size + 1e-12);
    }
  });

  it('leaves no tensor behind', () => {
    const { tensors } = twoSteps(true, 6);
    expect(tensors[1]).toBe(tensors[0]);
  });
});
