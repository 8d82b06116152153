import { beforeAll, describe, expect, it } from 'vitest';
import type { Rgb } from '../../src-main/configuration/schema.ts';
import { liveTensors } from '../../src-main/engine/tensorflow.ts';
import { ascend, type AscentSettings } from '../../src-main/insight/ascent.ts';
import { blur, jitterOf, shift, startImage } from '../../src-main/insight/ascentImages.ts';
import { requireUnits } from '../../src-main/insight/layerNamed.ts';
import { Pace } from '../../src-main/insight/Pace.ts';
import type { Parameters } from '../../src-main/vgg/Parameters.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenFile, goldenParameters, relativeDifference } from '../support/golden.ts';

beforeAll(openTestEngine);

const prepared: { mean: Rgb; deviation: number[] } = { mean: [120, 110, 100], deviation: [60, 55, 50] };
const usual: AscentSettings = {
  goal: 'map',
  steps: 10,
  rate: 3,
  decay: 0.01,
  blurEvery: 4,
  jitter: 2,
  seed: 1,
};
const pure = { goal: 'centre', decay: 0, blurEvery: 0, jitter: 0 } as const;

const netA = () => goldenParameters('A', goldenFile('A'));

function climb(
  parameters: Parameters,
  name: string,
  units: number[],
  settings: Partial<AscentSettings> = {},
) {
  const layer = requireUnits(parameters, name, units);
  const pace = new Pace(new AbortController().signal);
  return ascend({ parameters, ...prepared, ...layer, units }, { ...usual, ...settings }, pace);
}

describe('gradient ascent', () => {
  it("goes, for a filter of the first layer, where the filter's own weights point", async () => {
    const parameters = netA();
    const layer = parameters.parametricLayers()[0];
    if (layer?.kind !== 'conv') throw new Error('The first layer is a convolution.');
    const weights = parameters.of(layer).weight.with((value) => value.dataSync<'float32'>());
    const units = [0, 1, 2, 3];
    const images = await climb(parameters, layer.name, units, { ...pure, steps: 1, rate: 0.5 });
    for (const { unit, pixels, start, end } of images) {
      const before = startImage(64, 1, unit);
      const way = pixels.map((value, at) => value - (prepared.mean[at % 3] ?? 0) - (before[at] ?? 0));
      // The unit at (31, 31) sees the rows and columns 30 to 32.
      const seen = [];
      const filter = [];
      let elsewhere = 0;
      for (const [at, value] of way.entries()) {
        const [row, column] = [Math.floor(at / 192) - 30, (Math.floor(at / 3) % 64) - 30];
        if (row < 0 || row > 2 || column < 0 || column > 2) {
          elsewhere = Math.max(elsewhere, Math.abs(value));
          continue;
        }
        seen.push(value);
        const weight = weights[((row * 3 + column) * 3 + (at % 3)) * 4 + unit] ?? NaN;
        filter.push(weight / (prepared.deviation[at % 3] ?? NaN));
      }
      expect(elsewhere).toBeLessThan(1e-4);
      const length = (values: number[]) => Math.hypot(...values);
      const direction = (values: number[]) => values.map((value) => value / length(values));
      expect(relativeDifference(direction(seen), direction(filter))).toBeLessThan(1e-4);
      // A step of 0.5 grey levels over all pixels; a linear unit rises by step · |filter|.
      const step = 0.5 * Math.sqrt(64 * 64 * 3);
      expect(length(seen) / step).toBeCloseTo(1, 4);
      expect((end - start) / (step * length(filter))).toBeCloseTo(1, 3);
    }
    parameters.dispose();
  });

  it.each([
    ['conv3_2', 'map'],
    ['conv5_2', 'centre'],
    ['pool3', 'map'],
    ['fc7', 'map'],
    ['fc8', 'map'],
  ] as const)(
    'raises units of %s (%s), of each the value before the ReLU, and leaves no tensor',
    async (name, goal) => {
      const parameters = netA();
      const before = liveTensors();
      const images = await climb(parameters, name, [0, 3, 5], { goal });
      expect(liveTensors()).toBe(before);
      for (const { start, end, pixels } of images) {
        expect(end - start).toBeGreaterThan(0.1 * Math.abs(start));
        expect(Math.min(...pixels)).toBeGreaterThanOrEqual(-1e-4);
        expect(Math.max(...pixels)).toBeLessThanOrEqual(255 + 1e-4);
      }
      parameters.dispose();
    },
  );

  it.each(['conv3_2', 'proj3_1', 'add4_2', 'average', 'fc'])(
    'raises units of %s of a residual net, its batch normalisation as at test time',
    async (name) => {
      const parameters = goldenParameters('resnet-34', goldenFile('resnet-34'));
      const atFirst = await climb(parameters, name, [1, 2], { steps: 1 });
      for (const { start, end } of await climb(parameters, name, [1, 2])) expect(end).toBeGreaterThan(start);
      // Running statistics that moved would give another image.
      expect(await climb(parameters, name, [1, 2], { steps: 1 })).toEqual(atFirst);
      parameters.dispose();
    },
  );

  it('gives the same image for the same seed and another for another, whoever climbs beside it', async () => {
    const parameters = netA();
    const [one] = await climb(parameters, 'conv2_1', [4, 5]);
    const [same] = await climb(parameters, 'conv2_1', [4, 5]);
    expect(same).toEqual(one);
    const beside = (await climb(parameters, 'conv2_1', [1, 2, 3, 4])).at(-1);
    expect(relativeDifference(beside?.pixels ?? [], one?.pixels ?? [])).toBeLessThan(1e-3);
    const [other] = await climb(parameters, 'conv2_1', [4, 5], { seed: 2 });
    expect(relativeDifference(other?.pixels ?? [], one?.pixels ?? [])).toBeGreaterThan(0.05);
    parameters.dispose();
  });

  it('refuses units there are not', () => {
    const parameters = netA();
    expect(() => requireUnits(parameters, 'conv1_1', [0, 4])).toThrow('Layer conv1_1 has no unit 4.');
    expect(() => requireUnits(parameters, 'conv9_1', [0])).toThrow('There is no layer conv9_1 to show.');
    parameters.dispose();
  });
});

describe('images on their way up', () => {
  const image = startImage(16, 7, 3);

  it('are moved around and back', () => {
    const [down, right] = jitterOf(7, 3, 1, 5);
    const moved = shift(image, 16, [down, right]);
    expect(moved).not.toEqual(image);
    expect(shift(moved, 16, [-down, -right])).toEqual(image);
    // Row 15 moved down by one is row 0.
    expect([...shift(image, 16, [1, 0]).subarray(0, 48)]).toEqual([...image.subarray(15 * 48)]);
  });

  it('are blurred by the outer product of ¼, ½, ¼ with itself', () => {
    const point = new Float32Array(5 * 5 * 3);
    point[(2 * 5 + 2) * 3 + 1] = 16;
    const blurred = blur(point, 5);
    const green = Array.from({ length: 25 }, (_, at) => blurred[3 * at + 1]);
    expect(green).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 2, 4, 2, 0, 0, 1, 2, 1, 0, 0, 0, 0, 0, 0]);
    expect(blur(new Float32Array(75).fill(3), 5)).toEqual(new Float32Array(75).fill(3));
  });
});
