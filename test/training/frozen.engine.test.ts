import { beforeAll, describe, expect, it } from 'vitest';
import { liveTensors, type Tensor } from '../../src-main/engine/tensorflow.ts';
import type { Variable } from '../../src-main/engine/Variable.ts';
import { Draws } from '../../src-main/foundation/random.ts';
import { GradientSum } from '../../src-main/training/GradientSum.ts';
import { gradientStep } from '../../src-main/training/step.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { Parameters } from '../../src-main/vgg/Parameters.ts';
import { randomInitialiser } from '../../src-main/vgg/initialise.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenFile, goldenParameters } from '../support/golden.ts';

beforeAll(openTestEngine);

const images = 4;
const draws = new Draws(7, 'crop');
const batch = {
  pixels: Uint8Array.from({ length: images * 64 * 64 * 3 }, () => draws.integer(0, 255)),
  offsets: Float32Array.from({ length: images * 3 }, () => -120 + draws.normal(10)),
  labels: Int32Array.from({ length: images }, () => draws.integer(0, 9)),
};

function valuesOf(variable: Variable): Float32Array {
  return variable.with((value) => value.dataSync<'float32'>());
}

/** The loss of one step, and the gradients that it gives. */
function step(parameters: Parameters, frozen: boolean) {
  const network = new Network(parameters, { frozen });
  const gradients = new Map<Variable, Float32Array>();
  const sums = new GradientSum();
  const update = (parameter: Variable, gradient: Tensor) => {
    gradients.set(parameter, gradient.dataSync<'float32'>().slice());
    gradient.dispose();
  };
  const settings = {
    crop: 64,
    microBatch: 4,
    dropout: 0.5,
    clipNorm: null,
    deviation: [1, 1, 1],
    seed: 3,
    step: 0,
  } as const;
  const { loss } = gradientStep({ network, sums, update }, batch, settings);
  sums.dispose();
  return { loss, gradients };
}

describe('layers that do not learn', () => {
  it('give no gradient; the others get what they get beside layers that learn', () => {
    const parameters = goldenParameters('D', goldenFile('D'));
    const whole = step(parameters, false);
    const atRest = liveTensors();
    const part = step(parameters, true);
    expect(liveTensors(), 'no tensor outlives its step').toBe(atRest);
    expect(part.loss).toBe(whole.loss);
    const fc = parameters.parametricLayers().filter(({ kind }) => kind === 'fc');
    const learning = fc.flatMap((layer) => [parameters.of(layer).weight, parameters.of(layer).bias]);
    expect(new Set(part.gradients.keys())).toEqual(new Set(learning));
    for (const variable of learning) {
      expect(part.gradients.get(variable)).toEqual(whole.gradients.get(variable));
    }
    parameters.dispose();
  });

  it('keep the running statistics of batch normalisation', () => {
    const initialiser = randomInitialiser(
      { scheme: 'glorot', fan: 'in', deviation: null, variance: null, from: null, layers: 'all' },
      1,
    );
    const architecture = { config: 'resnet-34', width: 1 / 16, crop: 64, classes: 10 } as const;
    const parameters = new Parameters(architecture, initialiser);
    const means = () =>
      parameters.parametricLayers().flatMap((layer) => {
        const { normalisation } = parameters.of(layer);
        return normalisation ? [valuesOf(normalisation.mean).slice()] : [];
      });
    const before = means();
    step(parameters, true);
    expect(means()).toEqual(before);
    step(parameters, false);
    expect(means()).not.toEqual(before);
    parameters.dispose();
  });
});
