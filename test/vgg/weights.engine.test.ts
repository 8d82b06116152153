import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveTensors, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { parametricLayers, weightShape, type Architecture } from '../../src-main/vgg/layers.ts';
import { layersOf } from '../../src-main/vgg/layersOf.ts';
import { Parameters, type Initialiser } from '../../src-main/vgg/Parameters.ts';
import { namesIn } from '../../src-main/vgg/weights/names.ts';
import type { Configuration } from '../../src-main/vocabulary/configurations.ts';
import { formats } from '../../src-main/weights/formats.ts';
import { copyWeights } from '../../src-main/vgg/weights/load.ts';
import { asWeights, openSafetensorsWeights } from '../../src-main/weights/safetensorsWeights.ts';
import { SafetensorsFile, writeSafetensors } from '../../src-main/foundation/safetensors.ts';
import { readParameters } from '../../src-main/vgg/weights/readParameters.ts';
import { tensorsToStore } from '../../src-main/vgg/weights/store.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenArchitecture, goldenFile, goldenParameters } from '../support/golden.ts';

const folder = mkdtempSync(join(tmpdir(), 'weights-'));
beforeAll(openTestEngine);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const nothing: Initialiser = ({ name }) => {
  throw new Error(`${name} was not copied`);
};
const zeros: Initialiser = (layer) => ({
  weight: tensorflow().tf.zeros(weightShape(layer)),
  bias: tensorflow().tf.zeros([layer.outputs]),
});

function valuesOf(parameters: Parameters): Record<string, Float32Array> {
  return Object.fromEntries(
    parameters
      .parametricLayers()
      .map((layer) => [
        layer.name,
        parameters.of(layer).weight.with((weight) => weight.dataSync<'float32'>()),
      ]),
  );
}

describe("torchvision's names", () => {
  // From torchvision's state dictionaries.
  const features: Partial<Record<Configuration, number[]>> = {
    A: [0, 3, 6, 8, 11, 13, 16, 18],
    'A-LRN': [0, 4, 7, 9, 12, 14, 17, 19],
    B: [0, 2, 5, 7, 10, 12, 15, 17, 20, 22],
    D: [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28],
    E: [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34],
  };

  it.each(Object.entries(features))('of net %s', (config, indexes) => {
    const layers = parametricLayers(
      layersOf({ config: config as Configuration, width: 1, crop: 224, classes: 1000 }),
    );
    expect(layers.map(({ stored }) => stored)).toEqual([
      ...indexes.map((index) => `features.${index}`),
      ...['classifier.0', 'classifier.3', 'classifier.6'],
    ]);
  });
});

describe('weights files', () => {
  it('come back the same to the bit after writing', () => {
    const source = goldenFile('D');
    const parameters = goldenParameters('D', source);
    const path = join(folder, 'written.safetensors');
    writeSafetensors(path, tensorsToStore(parameters), { a: 'ä' });
    const written = new SafetensorsFile(path);
    expect(written.metadata).toEqual({ a: 'ä' });
    expect(written.tensors.size).toBe(32);
    for (const name of written.tensors.keys()) expect(written.read(name), name).toEqual(source.read(name));
  });

  it("are read under timm's names, with the FC layers stored as convolutions", () => {
    const source = goldenFile('A');
    const layers = parametricLayers(layersOf(goldenArchitecture('A')));
    const path = join(folder, 'timm.safetensors');
    writeSafetensors(
      path,
      layers.flatMap((layer) => {
        const [outputs = 0, inputs = 0] = source.tensors.get(`${layer.stored}.weight`)?.shape ?? [];
        const shapes = {
          fc6: [outputs, inputs / 4, 2, 2],
          fc7: [outputs, inputs, 1, 1],
          fc8: [outputs, inputs],
          fc: [outputs, inputs],
        };
        return ['weight', 'bias'].map((kind) => {
          const stored = `${layer.stored}.${kind}`;
          const own = source.tensors.get(stored)?.shape ?? [];
          return {
            name: `${namesIn(formats.timm, layers)(layer)}.${kind}`,
            shape: kind === 'weight' && layer.kind === 'fc' ? shapes[layer.name] : own,
            values: () => source.read(stored),
          };
        });
      }),
      {},
    );
    const architecture = goldenArchitecture('A');
    const parameters = new Parameters(
      architecture,
      copyWeights(openSafetensorsWeights(path), architecture, 'all', nothing),
    );
    expect(valuesOf(parameters)).toEqual(valuesOf(goldenParameters('A', source)));
  });

  it('give a deeper net the first four conv and the three FC layers of net A (Sect. 3.1), and nothing else', () => {
    const architecture = goldenArchitecture('D');
    const parameters = new Parameters(
      architecture,
      copyWeights(asWeights(goldenFile('A')), architecture, 'net-a', zeros),
    );
    const netA = valuesOf(goldenParameters('A', goldenFile('A')));
    const values = valuesOf(parameters);
    const copied = ['conv1_1', 'conv2_1', 'conv3_1', 'conv3_2', 'fc6', 'fc7', 'fc8'];
    for (const name of Object.keys(values)) {
      if (copied.includes(name)) expect(values[name], name).toEqual(netA[name]);
      else
        expect(
          values[name]?.every((value) => value === 0),
          name,
        ).toBe(true);
    }
  });
});

describe('weights that do not fit', () => {
  const load = (architecture: Architecture, path: string) => () =>
    copyWeights(openSafetensorsWeights(path), architecture, 'all', nothing);

  it.each([
    ['another net', { config: 'A' as const }, /belongs to no layer|missing/],
    ['a deeper net', { config: 'E' as const }, /missing|where conv/],
    ['another width', { width: 1 / 8 }, /features\.0\.weight is 4×3×3×3 where conv1_1 takes 8×3×3×3/],
    ['another crop', { crop: 96 }, /classifier\.0\.weight/],
    ['other classes', { classes: 7 }, /classifier\.6\.weight is 10×256 where fc8 takes 7×256/],
  ])('are refused for %s, naming the tensor', (_, change, message) => {
    const attempt = load({ ...goldenArchitecture('D'), ...change }, goldenFile('D').path);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ code: 'weights-do-not-fit' }));
  });

  it('are refused when cut short, garbled, or no safetensors at all', () => {
    const whole = readFileSync(goldenFile('A').path);
    const cut = join(folder, 'cut.safetensors');
    writeFileSync(cut, whole);
    truncateSync(cut, whole.length - 1000);
    const text = join(folder, 'text.safetensors');
    writeFileSync(text, 'no weights here, only words and words and words');
    const empty = join(folder, 'empty.safetensors');
    writeFileSync(empty, '');
    for (const path of [cut, text, empty]) {
      expect(() => new SafetensorsFile(path), path).toThrow(
        expect.objectContaining({ code: 'weights-damaged' }),
      );
    }
    expect(() => new SafetensorsFile(join(folder, 'none'))).toThrow(
      expect.objectContaining({ code: 'weights-not-found' }),
    );
  });
});

it('weights that turn out damaged half way leave no tensor and no variable', () => {
  const before = liveTensors();
  const breaksOff: Initialiser = (layer) => {
    if (layer.name === 'fc7') throw new Error('cut short');
    return zeros(layer);
  };
  const architecture = { config: 'A', width: 1 / 16, crop: 32, classes: 10 } as const;
  expect(() => new Parameters(architecture, breaksOff)).toThrow('cut short');
  expect(liveTensors()).toBe(before);
});

it.each([NaN, Infinity, -Infinity])(
  'weights with a value of %s are refused by the name of the tensor',
  (value) => {
    const source = goldenFile('A');
    const path = join(folder, 'notFinite.safetensors');
    const stored = tensorsToStore(goldenParameters('A', source)).map((tensor) => ({
      ...tensor,
      values: () => {
        const values = tensor.values();
        if (tensor.name === 'features.8.weight') values[values.length - 1] = value;
        return values;
      },
    }));
    writeSafetensors(path, stored, {});
    const before = liveTensors();
    expect(() => readParameters(path, goldenArchitecture('A'))).toThrow(
      `1 of the 2304 values of features.8.weight are not finite; the first is ${value}.`,
    );
    expect(liveTensors()).toBe(before);
  },
);
