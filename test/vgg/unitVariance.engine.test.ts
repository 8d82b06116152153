import { beforeAll, expect, it } from 'vitest';
import { runConfigSchema } from '../../src-main/configuration/schema.ts';
import { randomNormal } from '../../src-main/engine/ops/random.ts';
import { liveTensors, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { randomInitialiser } from '../../src-main/vgg/initialise.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { Parameters } from '../../src-main/vgg/Parameters.ts';
import { scaleToUnitVariance } from '../../src-main/vgg/unitVariance.ts';
import { openTestEngine } from '../support/engine.ts';

beforeAll(openTestEngine);

const { initialisation } = runConfigSchema.parse({ initialisation: { scheme: 'lsuv' } });
const architecture = { config: 'E', width: 1 / 8, crop: 32, classes: 10 } as const;

it('starts with orthonormal filters, or with orthonormal inputs where there are fewer of these', () => {
  using parameters = new Parameters(architecture, randomInitialiser(initialisation, 1));
  for (const name of ['conv1_1', 'conv3_2', 'fc8']) {
    const layer = parameters.parametricLayers().find((each) => each.name === name);
    if (!layer) throw new Error(`E has ${name}.`);
    const columns = layer.outputs;
    const values = parameters.of(layer).weight.with((weight) => weight.dataSync<'float32'>());
    const rows = values.length / columns;
    const dot = (left: number, right: number) => {
      let sum = 0;
      for (let row = 0; row < rows; row++)
        sum += (values[row * columns + left] ?? NaN) * (values[row * columns + right] ?? NaN);
      return sum;
    };
    expect(rows).toBeGreaterThanOrEqual(columns);
    expect(dot(0, 0)).toBeCloseTo(1, 5);
    expect(dot(0, 1)).toBeCloseTo(0, 5);
    expect(dot(2, columns - 1)).toBeCloseTo(0, 5);
  }
});

/** Its definition: the variance of what a layer puts out before its ReLU, computed from the values themselves. */
it('gives the output of every layer of a deep net a variance of 1, within a tenth', () => {
  using parameters = new Parameters(architecture, randomInitialiser(initialisation, 1));
  using images = randomNormal([8, 32, 32, 3], 60, [1, 2]);
  const atRest = liveTensors();
  scaleToUnitVariance(parameters, images);
  expect(liveTensors()).toBe(atRest);
  for (const layer of parameters.parametricLayers()) {
    const network = new Network(parameters, { until: layer.name, linear: true });
    const values = network.forward(images).dataSync<'float32'>();
    network.release();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(variance - 1), layer.name).toBeLessThan(0.1001);
  }
});

it('refuses images on which a layer gives the same everywhere', () => {
  using parameters = new Parameters(architecture, randomInitialiser(initialisation, 1));
  using images = tensorflow().tf.zeros([2, 32, 32, 3]);
  expect(() => {
    scaleToUnitVariance(parameters, images);
  }).toThrow(/conv1_1/);
});
