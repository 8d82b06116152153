import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { slice } from '../../../src-main/engine/ops/shape.ts';
import { liveTensors, tensorflow } from '../../../src-main/engine/tensorflow.ts';
import { activationsOf } from '../../../src-main/insight/activations.ts';
import { unitArithmeticSchema } from '../../../src-main/insight/arithmetic/schema.ts';
import { unitArithmetic } from '../../../src-main/insight/arithmetic/unitArithmetic.ts';
import type { Maps } from '../../../src-main/insight/arithmetic/windows.ts';
import { weightShape } from '../../../src-main/vgg/layers.ts';
import { Parameters } from '../../../src-main/vgg/Parameters.ts';
import { openTestEngine } from '../../support/engine.ts';
import {
  goldenFile,
  goldenParameters,
  readImages,
  referenceFolder,
  type GoldenNet,
  type LaterNet,
} from '../../support/golden.ts';

beforeAll(openTestEngine);

/** A net with all its outputs for the first image of the reference. */
function allOutputsOf(config: GoldenNet | LaterNet) {
  const file = goldenFile(config);
  const parameters = goldenParameters(config, file);
  const all = readImages(file, 'input.nchw');
  const first = slice(all, [0, 0, 0, 0], [1, 64, 64, 3]);
  const image: Maps = { shape: [64, 64, 3], values: first.dataSync<'float32'>() };
  const activations = activationsOf(parameters, first);
  return { parameters, looked: { activations, image } };
}

/** Corners, a border and the inside of a map, at the first, a middle and the last channel. */
function placesOf([height, width, channels]: readonly [number, number, number]) {
  const middle = Math.floor(height / 2);
  return [0, Math.floor(channels / 2), channels - 1].flatMap((unit) => [
    { unit, row: 0, column: 0 },
    { unit, row: middle, column: width - 1 },
    { unit, row: middle, column: Math.floor(width / 3) },
    { unit, row: height - 1, column: width - 1 },
  ]);
}

// LRN, padded 7×7 filters, shortcuts that add channels, averages, strides, batch normalisation and projections.
describe.each(['A-LRN', 'C', 'D-7x7', 'E-skip', 'E-gap', 'resnet-34'] as const)('net %s', (config) => {
  it('gives each unit what the net computed, but for the rounding that it tells', () => {
    const { parameters, looked } = allOutputsOf(config);
    const before = liveTensors();
    for (const { name, shape } of looked.activations.layers) {
      for (const place of placesOf(shape)) {
        const found = unitArithmetic(parameters, looked, { layer: name, ...place });
        unitArithmeticSchema.parse(found);
        const about = `${name} ${JSON.stringify(place)}: ${found.value} and ${found.net}`;
        expect(Math.abs(found.value - found.net), about).toBeLessThanOrEqual(found.tolerance);
        expect(found.tolerance, about).toBeLessThan(1e-3 * Math.max(1, Math.abs(found.before)));
      }
    }
    expect(liveTensors()).toBe(before);
    parameters.dispose();
  });
});

const recorded = z
  .record(z.string(), z.record(z.string(), z.array(z.tuple([z.int(), z.int(), z.int(), z.number()]))))
  .parse(JSON.parse(readFileSync(join(referenceFolder, 'unitValues.json'), 'utf8')));

describe.each(['D-7x7', 'E-skip', 'resnet-34'] as const)('net %s against PyTorch', (config) => {
  it('gives the sums that PyTorch gives in float64, and what batch normalisation makes of them', () => {
    const { parameters, looked } = allOutputsOf(config);
    for (const layer of parameters.parametricLayers()) {
      const sums = recorded[config]?.[layer.stored] ?? [];
      expect(sums.length, layer.name).toBeGreaterThan(1);
      const normalised = layer.kind === 'conv' ? layer.normalisation : null;
      const afterwards = normalised === null ? sums : (recorded[config]?.[normalised] ?? []);
      for (const [index, [unit, row, column, sum]] of sums.entries()) {
        const found = unitArithmetic(parameters, looked, { layer: layer.name, unit, row, column });
        if (found.step.by !== 'products') throw new Error(`${layer.name} adds no products.`);
        // What a layer reads carries the float32 of all before it.
        const within = 1e-4 * Math.max(1, Math.abs(sum));
        expect(Math.abs(found.step.sum + (found.step.bias ?? 0) - sum), layer.name).toBeLessThan(within);
        expect(Math.abs(found.before - (afterwards[index]?.[3] ?? NaN)), layer.name).toBeLessThan(
          10 * within,
        );
      }
    }
    parameters.dispose();
  });
});

describe('a net whose weights are all 0.5, biases 0.25, on an image of ones', () => {
  const architecture = { config: 'A', width: 1 / 16, crop: 32, classes: 10 } as const;
  function ones() {
    const { tf } = tensorflow();
    const parameters = new Parameters(architecture, (layer) => ({
      weight: tf.fill(weightShape(layer), 0.5),
      bias: tf.fill([layer.outputs], 0.25),
    }));
    const tensor = tf.ones([1, 32, 32, 3]);
    const image: Maps = { shape: [32, 32, 3], values: tensor.dataSync<'float32'>() };
    return { parameters, looked: { activations: activationsOf(parameters, tensor), image } };
  }
  const at = (row: number, column: number) => ({ layer: 'conv1_1', unit: 1, row, column });

  it('counts by hand: 4, 6 or 9 cells of three colours lie within the image', () => {
    const { parameters, looked } = ones();
    const value = (row: number, column: number) => unitArithmetic(parameters, looked, at(row, column)).value;
    expect([value(0, 0), value(0, 5), value(7, 5)]).toEqual([6.25, 9.25, 13.75]);
    const corner = unitArithmetic(parameters, looked, at(0, 0));
    expect(corner).toMatchObject({ reads: null, net: 6.25, rectified: true, posterior: null });
    expect(corner.step).toMatchObject({
      window: { row: -1, column: -1, side: 3 },
      count: 3,
      others: 0,
      sum: 6,
      bias: 0.25,
    });
    expect(corner.pool).toMatchObject({
      layer: 'pool1',
      row: 0,
      column: 0,
      values: [6.25, 9.25, 9.25, 13.75],
      greatest: 13.75,
    });
  });

  it('tells the largest parts of a long sum and what the others add up to', () => {
    const { parameters, looked } = ones();
    const { step, before } = unitArithmetic(parameters, looked, { ...at(0, 0), layer: 'fc6' });
    if (step.by !== 'products') throw new Error('fc6 adds products.');
    expect([step.count, step.parts.length]).toEqual([32, 12]);
    const largest = step.parts.reduce((sum, part) => sum + part.sum, 0);
    expect(largest + step.others).toBeCloseTo(step.sum, 6);
    expect(before).toBeCloseTo(step.sum + 0.25, 6);
  });

  it('refuses a unit that the layer does not have', () => {
    const { parameters, looked } = ones();
    const ask = (layer: string, unit: number, row: number) => () =>
      unitArithmetic(parameters, looked, { layer, unit, row, column: 0 });
    expect(ask('conv1_1', 4, 0)).toThrow('no unit 4');
    expect(ask('conv1_1', 0, 32)).toThrow('row 32');
    expect(ask('conv9_9', 0, 0)).toThrow('no layer conv9_9');
  });
});
