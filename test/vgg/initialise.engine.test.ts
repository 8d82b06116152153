import { beforeAll, describe, expect, it } from 'vitest';
import { runConfigSchema, type RunConfigInput } from '../../src-main/configuration/schema.ts';
import { randomInitialiser } from '../../src-main/vgg/initialise.ts';
import { parametricLayers, type ParametricLayer } from '../../src-main/vgg/layers.ts';
import { layersOf } from '../../src-main/vgg/layersOf.ts';
import { openTestEngine } from '../support/engine.ts';
import { recipe } from '../support/recipe.ts';

beforeAll(openTestEngine);

const layers = parametricLayers(layersOf({ config: 'D', width: 0.25, crop: 56, classes: 10 }));
const [conv32, conv33] = layers.filter(({ name }) => /^conv3_[23]$/.test(name)) as [
  ParametricLayer,
  ParametricLayer,
];

function draw(initialisation: RunConfigInput['initialisation'], layer = conv32, seed = 1) {
  const settings = runConfigSchema.parse({ initialisation }).initialisation;
  const { weight, bias } = randomInitialiser(settings, seed)(layer);
  return { weight: weight.dataSync<'float32'>(), bias: bias.dataSync<'float32'>(), shape: weight.shape };
}

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('randomInitialiser', () => {
  it('draws a normal by its deviation, by its variance, and 0.01 if neither is given', () => {
    expect(deviation(draw({ scheme: 'normal', deviation: 0.02 }).weight)).toBeCloseTo(0.02, 3);
    expect(deviation(draw({ scheme: 'normal', variance: 0.01 }).weight)).toBeCloseTo(0.1, 2);
    const { weight, bias, shape } = draw({ scheme: 'normal' });
    expect(deviation(weight)).toBeCloseTo(0.01, 3);
    expect(bias.every((value) => value === 0)).toBe(true);
    expect(shape).toEqual([3, 3, 64, 64]);
  });

  it("draws Glorot's uniform: bound √(6 / (fan in + fan out)) of 9·64 and 9·64", () => {
    const bound = Math.sqrt(6 / (2 * 9 * 64));
    const { weight, bias } = draw({ scheme: 'glorot' });
    expect(Math.max(...weight.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(deviation(weight)).toBeCloseTo(bound / Math.sqrt(3), 3);
    expect(bias.every((value) => value === 0)).toBe(true);
  });

  // Deviations of 20 tensors that PyTorch drew: here of one, of 18,432 values at least.
  it.each(['conv3_1', 'fc6'] as const)(
    "draws %s by He's normal as torch.nn.init.kaiming_normal_ does",
    (name) => {
      const drawn = recipe.fans[name];
      const layer = layers.find((each) => each.name === name);
      for (const [fan, expected] of [
        ['in', drawn.fan_in],
        ['out', drawn.fan_out],
      ] as const) {
        const { weight, bias } = draw({ scheme: 'he', fan }, layer);
        expect(Math.abs(deviation(weight) / expected - 1)).toBeLessThan(0.02);
        expect(bias.every((value) => value === 0)).toBe(true);
      }
    },
  );

  it("draws PyTorch's default: weights and biases uniform in ±1/√(fan in)", () => {
    const bound = 1 / Math.sqrt(9 * 64);
    const { weight, bias } = draw({ scheme: 'pytorch' });
    expect(deviation(weight)).toBeCloseTo(bound / Math.sqrt(3), 3);
    expect(Math.max(...bias.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(deviation(bias)).toBeGreaterThan(bound / 4);
  });

  it('gives a seed the same weights again, and other layers and seeds other ones', () => {
    const once = draw({ scheme: 'normal' });
    expect(draw({ scheme: 'normal' }).weight).toEqual(once.weight);
    expect(draw({ scheme: 'normal' }, conv33).weight).not.toEqual(once.weight);
    expect(draw({ scheme: 'normal' }, conv32, 2).weight).not.toEqual(once.weight);
  });
});
