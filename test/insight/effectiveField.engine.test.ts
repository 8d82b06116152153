import { beforeAll, describe, expect, it } from 'vitest';
import { runConfigSchema } from '../../src-main/configuration/schema.ts';
import { liveTensors, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { EffectiveField, sideOf } from '../../src-main/insight/effectiveField.ts';
import { randomInitialiser } from '../../src-main/vgg/initialise.ts';
import { Parameters } from '../../src-main/vgg/Parameters.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenFile, goldenParameters, readImages, relativeDifference } from '../support/golden.ts';

beforeAll(openTestEngine);

const crop = 32;
const centre = 15;

/** A net whose ReLUs all pass: its convolutions are one linear map. */
function linearNet(): Parameters {
  const { initialisation } = runConfigSchema.parse({ initialisation: { scheme: 'glorot' } });
  const random = randomInitialiser(initialisation, 7);
  return new Parameters({ config: 'B', width: 1 / 16, crop, classes: 2 }, (layer) => {
    const { weight, bias } = random(layer);
    bias.dispose();
    return { weight, bias: tensorflow().tf.fill([layer.outputs], layer.name === 'conv1_1' ? 10 : 1000) };
  });
}

function weightsOf(parameters: Parameters, name: string) {
  const layer = parameters.parametricLayers().find((each) => each.name === name);
  if (layer?.kind !== 'conv') throw new Error(`${name} is no convolution.`);
  const values = parameters.of(layer).weight.with((weight) => weight.dataSync<'float32'>());
  const { kernel, inputs, outputs } = layer;
  const at = (row: number, column: number, input: number, output: number) =>
    values[((row * kernel + column) * inputs + input) * outputs + output] ?? NaN;
  return { inputs, outputs, at };
}

describe('effective receptive field', () => {
  it('of two linear layers is their filters, one laid over the other by hand', () => {
    const parameters = linearNet();
    const [first, second] = [weightsOf(parameters, 'conv1_1'), weightsOf(parameters, 'conv1_2')];
    const expected = new Float32Array(crop * crop);
    for (let row = -2; row <= 2; row++) {
      for (let column = -2; column <= 2; column++) {
        let squares = 0;
        for (let colour = 0; colour < 3; colour++) {
          let gradient = 0;
          for (let r = 0; r < 3; r++) {
            for (let c = 0; c < 3; c++) {
              // The place in the first filter that reaches this pixel through (r, c) of the second.
              const [y, x] = [row - r + 2, column - c + 2];
              if (y < 0 || y > 2 || x < 0 || x > 2) continue;
              for (let between = 0; between < first.outputs; between++) {
                for (let output = 0; output < second.outputs; output++) {
                  gradient += first.at(y, x, colour, between) * second.at(r, c, between, output);
                }
              }
            }
          }
          squares += gradient ** 2;
        }
        expected[(centre + row) * crop + centre + column] = Math.sqrt(squares / 3);
      }
    }
    const field = new EffectiveField(parameters, 'conv1_2');
    const images = tensorflow().tf.randomUniform([3, crop, crop, 3], -1, 1, 'float32', 5);
    const before = liveTensors();
    field.see(images);
    expect(liveTensors()).toBe(before);
    expect(relativeDifference(field.rootMeanSquare(), expected)).toBeLessThan(1e-5);
  });

  it('is no more than the computed one, and less of it the deeper the layer', () => {
    const file = goldenFile('A');
    const parameters = goldenParameters('A', file);
    const images = readImages(file, 'input.nchw');
    const sides = ['conv1_1', 'conv2_1', 'conv3_2'].map((layer) => {
      const field = new EffectiveField(parameters, layer);
      field.see(images);
      return sideOf(field.rootMeanSquare());
    });
    // By hand: 3; 4 behind the first pool and two units more at stride 2; 10 at stride 4 and four units more.
    const shares = [3, 8, 26].map((computed, index) => (sides[index] ?? NaN) / computed);
    expect(shares[0]).toBeLessThanOrEqual(1);
    expect(shares[1]).toBeLessThanOrEqual(shares[0] ?? NaN);
    expect(shares[2]).toBeLessThan(shares[1] ?? NaN);
  });
});

it('counts the pixels above 4.55 % of the greatest gradient', () => {
  expect(sideOf(Float32Array.of(1, 0.0456, 0.0454, 0, 0.5, 0.3, 0, 0, 0))).toBe(2);
  expect(sideOf(new Float32Array(9))).toBe(0);
});
