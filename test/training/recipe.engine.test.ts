import { beforeAll, describe, expect, it } from 'vitest';
import type { PixelBatch } from '../../src-main/data/PixelBatch.ts';
import { tensorflow } from '../../src-main/engine/tensorflow.ts';
import { GradientSum } from '../../src-main/training/GradientSum.ts';
import { learningRateOf } from '../../src-main/training/learningRate.ts';
import { MomentumSgd } from '../../src-main/training/MomentumSgd.ts';
import { gradientStep } from '../../src-main/training/step.ts';
import { fanIn, weightShape } from '../../src-main/vgg/layers.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { Parameters } from '../../src-main/vgg/Parameters.ts';
import { openTestEngine } from '../support/engine.ts';
import { relativeDifference } from '../support/golden.ts';
import { recipe } from '../support/recipe.ts';

beforeAll(openTestEngine);

const { settings, seen, after } = recipe.steps;

/** The formula of recipe.py: numbers in [0, 1). */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** Of He's deviation; layer by layer, each from a seed of its own. */
function firstWeights(): Parameters {
  const { tf } = tensorflow();
  let layers = 0;
  return new Parameters({ config: 'A', width: 1 / 16, crop: settings.crop, classes: 10 }, (layer) => {
    const draw = numbersOf(++layers);
    const shape = [...weightShape(layer)];
    const bound = Math.sqrt(6 / fanIn(layer));
    const count = shape.reduce((product, extent) => product * extent, 1);
    const values = Float32Array.from({ length: count }, () => bound * (2 * draw() - 1));
    return { weight: tf.tensor(values, shape), bias: tf.zeros([layer.outputs]) };
  });
}

function nextBatch(draw: () => number): PixelBatch {
  const { images, crop, mean } = settings;
  return {
    pixels: Uint8Array.from({ length: images * crop * crop * 3 }, () => Math.floor(256 * draw())),
    labels: Int32Array.from({ length: images }, () => Math.floor(10 * draw())),
    offsets: Float32Array.from({ length: images * 3 }, (_, index) => -(mean[index % 3] ?? NaN)),
  };
}

/** Steps as a training does them; the sum of the gradients is measured before it is clipped. */
function train(microBatch: number) {
  using parameters = firstWeights();
  const network = new Network(parameters);
  const optimiser = new MomentumSgd(parameters.variables(), settings);
  const draw = numbersOf(100);
  const { learningRate, stepsPerEpoch, ...rest } = settings;
  const losses: number[] = [];
  const rates: number[] = [];
  for (const step of seen.keys()) {
    const rate = learningRateOf({ ...rest, schedule: 'linear' }, learningRate, { step, stepsPerEpoch });
    const { loss } = gradientStep(
      {
        network,
        sums: new GradientSum(),
        update: (parameter, gradient) => {
          optimiser.apply(parameter, gradient, rate);
        },
      },
      nextBatch(draw),
      { ...rest, microBatch, dropout: 0, seed: 1, step },
    );
    losses.push(loss);
    rates.push(rate);
  }
  const weights = parameters
    .variables()
    .map((variable) => variable.with((value) => value.dataSync<'float32'>().slice()));
  optimiser.dispose();
  return { losses, rates, weights };
}

/*
 * He's weights, inputs of unit variance, warm-up, linear decay, a clipped gradient, momentum and weight decay together: six
 * steps of PyTorch in float64, of which three are clipped.
 */
describe.each([settings.images, 3])('trained in micro-batches of %i', (microBatch) => {
  it('net A takes the steps that PyTorch takes', () => {
    const { losses, rates, weights } = train(microBatch);
    expect(relativeDifference(rates, seen.map(({ rate }) => rate))).toBeLessThan(1e-12); // prettier-ignore
    expect(relativeDifference(losses, seen.map(({ loss }) => loss))).toBeLessThan(1e-5); // prettier-ignore
    expect(weights).toHaveLength(after.length);
    for (const [index, { norm, values }] of after.entries()) {
      const found = weights[index] ?? new Float32Array();
      const name = `parameter ${index}`;
      expect(Math.hypot(...found) / norm, name).toBeCloseTo(1, 5);
      const picked = values.map(
        (_, place) => found[Math.floor((place * found.length) / values.length)] ?? NaN,
      );
      expect(relativeDifference(picked, values), name).toBeLessThan(1e-4);
    }
  });
});
