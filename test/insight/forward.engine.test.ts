import { beforeAll, describe, expect, it } from 'vitest';
import { slice } from '../../src-main/engine/ops/shape.ts';
import { liveTensors, tensorflow, type Tensor } from '../../src-main/engine/tensorflow.ts';
import { forEachLayer } from '../../src-main/insight/forward.ts';
import { receptiveFields } from '../../src-main/insight/receptiveFields.ts';
import { layersOf } from '../../src-main/vgg/layersOf.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import type { Parameters } from '../../src-main/vgg/Parameters.ts';
import { openTestEngine } from '../support/engine.ts';
import {
  goldenArchitecture,
  goldenFile,
  goldenNets,
  goldenParameters,
  readImages,
  relativeDifference,
} from '../support/golden.ts';

beforeAll(openTestEngine);

function outputs(parameters: Parameters, images: Tensor) {
  const found = new Map<string, { shape: number[]; values: Float32Array }>();
  forEachLayer(parameters, images, ({ name }, output) => {
    found.set(name, { shape: output.shape, values: output.dataSync<'float32'>() });
  });
  return found;
}

describe.each(goldenNets)('every layer of net %s', (config) => {
  it('ends in the logits of PyTorch and of Network, with the shapes of Table 1 and no tensor left', () => {
    const file = goldenFile(config);
    const parameters = goldenParameters(config, file);
    const images = readImages(file, 'input.nchw');
    const before = liveTensors();
    const found = outputs(parameters, images);
    expect(liveTensors()).toBe(before);

    const logits = found.get('fc8')?.values ?? [];
    expect(relativeDifference(logits, file.read('logits'))).toBeLessThan(1e-4);
    const map = new Network(parameters).scoreMap(images);
    expect(relativeDifference(logits, map.dataSync())).toBeLessThan(1e-5);
    map.dispose();

    expect([...found.keys()]).toEqual(layersOf(goldenArchitecture(config)).map(({ name }) => name));
    expect(found.get('conv1_1')?.shape).toEqual([4, 64, 64, 4]);
    expect(found.get('pool1')?.shape).toEqual([4, 32, 32, 4]);
    for (const [name, { values }] of found) {
      if (name.startsWith('conv')) expect(Math.min(...values.slice(0, 4096)), name).toBeGreaterThanOrEqual(0);
    }
    parameters.dispose();
    images.dispose();
  });
});

describe('receptive fields', () => {
  it('bound what a pixel can change: checked by changing each pixel of a row in net C', () => {
    const file = goldenFile('C');
    const parameters = goldenParameters('C', file);
    // Large enough for a field of the third block to lie within it.
    const all = readImages(file, 'input.nchw');
    const image = slice(all, [0, 0, 0, 0], [1, 64, 64, 3]);
    const pixels = image.dataSync<'float32'>();
    const layers = layersOf(goldenArchitecture('C'));
    const fields = receptiveFields(goldenArchitecture('C'));
    const still = outputs(parameters, image);

    for (const name of ['conv1_2', 'pool1', 'conv2_2', 'pool2', 'conv3_3']) {
      const field = fields[layers.findIndex((layer) => layer.name === name)];
      const { shape = [], values = [] } = still.get(name) ?? {};
      const [, side = 0, , channels = 0] = shape;
      const unit = side >> 1;
      const changed = (row: number) => {
        const other = pixels.slice();
        other.fill(300, row * 64 * 3, (row + 1) * 64 * 3);
        const tensor = tensorflow().tf.tensor4d(other, [1, 64, 64, 3]);
        const now = [...(outputs(parameters, tensor).get(name)?.values ?? [])];
        tensor.dispose();
        // The fast convolution rounds otherwise what lies in one tile with a changed value.
        const rounding = 1e-5 * now.reduce((most, value) => Math.max(most, value), 0);
        // All units of that row of the map.
        const begin = unit * side * channels;
        return Array.from({ length: side * channels }, (_, index) => index + begin).some(
          (index) => Math.abs((now[index] ?? NaN) - (values[index] ?? NaN)) > rounding,
        );
      };
      if (!field) throw new Error(`${name} has no field.`);
      const first = field.offset + unit * field.stride;
      const last = first + field.side - 1;
      expect(first, name).toBeGreaterThan(0);
      expect(last, name).toBeLessThan(63);
      expect([first - 1, first, last, last + 1].map(changed), name).toEqual([false, true, true, false]);
    }
    parameters.dispose();
    for (const tensor of [all, image]) tensor.dispose();
  });

  it('are those of the deep nets: 212 pixels for the last map of D, half of the padding to the left', () => {
    const architecture = { config: 'D', width: 1, crop: 224, classes: 10 } as const;
    const at = layersOf(architecture).findIndex(({ name }) => name === 'pool5');
    // By hand: 1 + 2·2 + 1 + 2·2·2 + 2 + 3·2·4 + 4 + 3·2·8 + 8 + 3·2·16 + 16; 2 + 4 + 12 + 24 + 48 to the left.
    expect(receptiveFields(architecture)[at]).toEqual({ side: 212, stride: 32, offset: -90 });
  });
});
