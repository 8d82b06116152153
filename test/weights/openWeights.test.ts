import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SafetensorsFile } from '../../src-main/foundation/safetensors.ts';
import { openWeights } from '../../src-main/weights/openWeights.ts';
import { referenceFolder } from '../support/golden.ts';
import { foreignFile, foreignNets } from './foreign.ts';

const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const golden = new SafetensorsFile(join(referenceFolder, 'D.images.safetensors'));

/** [outputs, inputs, height, width] → [height, width, inputs, outputs], value by value. */
function outputsLast(
  values: Float32Array,
  [outputs, inputs, height, width]: [number, number, number, number],
) {
  const moved = new Float32Array(values.length);
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          moved[((y * width + x) * inputs + i) * outputs + o] =
            values[((o * inputs + i) * height + y) * width + x] ?? NaN;
  return moved;
}

describe('the kind of a weights file', () => {
  it.each(foreignNets)('$name is recognised by what is in it', async ({ name, format }) => {
    const nameless = join(folder, 'weights.dat');
    copyFileSync(foreignFile(name), nameless);
    const file = await openWeights(nameless);
    expect(file.format.name).toBe(format);
    expect(file.tensors.size).toBe(32);
    file.close();
  });

  it('of safetensors follows from names and metadata', async () => {
    const file = await openWeights(golden.path);
    expect(file.format.name).toBe('torchvision');
    file.close();
  });
});

describe("Caffe's values, encoded by protobuf", () => {
  it.each(['D.v1.caffemodel', 'D.v2.caffemodel'])('%s: outputs first, blue first', async (name) => {
    const file = await openWeights(foreignFile(name));
    expect(file.read('conv1_2.weight')).toEqual(golden.read('features.2.weight'));
    expect(file.read('conv1_2.bias')).toEqual(golden.read('features.2.bias'));
    expect(file.read('fc6.weight')).toEqual(golden.read('classifier.0.weight'));
    const [bgr, rgb] = [file.read('conv1_1.weight'), golden.read('features.0.weight')];
    expect(bgr.subarray(0, 9)).toEqual(rgb.subarray(18, 27));
    file.close();
  });

  it('have extents with fillers in the older form, a shape in the newer', async () => {
    const [older, newer] = [
      await openWeights(foreignFile('D.v1.caffemodel')),
      await openWeights(foreignFile('D.v2.caffemodel')),
    ];
    expect(older.tensors.get('fc6.weight')?.shape).toEqual([1, 1, 256, 128]);
    expect(newer.tensors.get('fc6.weight')?.shape).toEqual([256, 128]);
    older.close();
    newer.close();
  });
});

describe("Keras's values, written by Keras and h5py", () => {
  it.each([
    ['D.keras1.h5', 'block1_conv2', 'fc2'],
    ['D.h5', 'block1_conv2', 'fc2'],
    ['D.weights.h5', 'conv2d_1', 'dense_1'],
  ])('%s: outputs last', async (name, conv, fc) => {
    const file = await openWeights(foreignFile(name));
    expect(file.read(`${conv}.weight`)).toEqual(outputsLast(golden.read('features.2.weight'), [4, 4, 3, 3]));
    expect(file.read(`${conv}.bias`)).toEqual(golden.read('features.2.bias'));
    expect(file.read(`${fc}.weight`)).toEqual(
      outputsLast(golden.read('classifier.3.weight'), [256, 256, 1, 1]),
    );
    file.close();
  });
});

describe("PyTorch's values, written by torch.save", () => {
  it('of every kind that holds weights come as float32', async () => {
    const file = await openWeights(foreignFile('kinds.pth'));
    const special = [
      0,
      -0,
      5.960464477539063e-8,
      -6.097555160522461e-5,
      65504,
      Infinity,
      NaN,
      0.333251953125,
    ];
    expect([...file.read('half')]).toEqual(special);
    const brain = [...file.read('brain')];
    expect(brain[1]).toBe(-0);
    expect(brain[4]).toBe(65536);
    expect(brain[7]).toBe(0.333984375);
    const values = Array.from({ length: 24 }, (_, index) => index / 8 - 1);
    expect(file.tensors.get('channelsLast')?.shape).toEqual([2, 3, 2, 2]);
    expect([...file.read('channelsLast')]).toEqual(values);
    expect([...file.read('transposed')]).toEqual([-1, -0.75, -0.875, -0.625]);
    expect([...file.read('window')]).toEqual([3, 4, 5, 6]);
    expect([...file.read('strided')]).toEqual([1, 4, 7]);
    expect(file.read('parameter')).toHaveLength(10);
    expect(() => file.read('counter')).toThrow(/counter is I64/);
    expect(file.tensors.get('double')?.dtype).toBe('F64');
    expect([...file.read('double')].every(Number.isFinite)).toBe(true);
    file.close();
  });

  it('are found in a checkpoint beside other things', async () => {
    const file = await openWeights(foreignFile('checkpoint.pth'));
    expect([...file.tensors.keys()]).toEqual(['features.0.weight']);
    file.close();
  });

  it('never run what a pickle asks for: it is refused by name', async () => {
    await expect(openWeights(foreignFile('malicious.pth'))).rejects.toMatchObject({
      code: 'weights-refused',
      message: expect.stringContaining('posix.system') as unknown,
    });
    expect(existsSync('executed')).toBe(false);
    await expect(openWeights(foreignFile('module.pth'))).rejects.toMatchObject({
      code: 'weights-refused',
      message: expect.stringContaining('torch.nn.modules.linear.Linear') as unknown,
    });
  });

  it('of before PyTorch 1.6 are read', async () => {
    const old = await openWeights(foreignFile('old.pth'));
    const zip = await openWeights(foreignFile('checkpoint.pth'));
    expect(old.tensors).toEqual(zip.tensors);
    expect(old.read('features.0.weight')).toEqual(zip.read('features.0.weight'));
    old.close();
    zip.close();
  });
});

describe('what is no weights file', () => {
  it.each([
    ['a text', Buffer.from('no weights here, only words and words')],
    ['a text that begins as protobuf does', Buffer.from('\n\u0004name\u001a\u0004data')],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])],
  ])('%s', async (_, bytes) => {
    const path = join(folder, 'other');
    writeFileSync(path, bytes);
    await expect(openWeights(path)).rejects.toMatchObject({ code: 'weights-unknown' });
  });

  it('or is empty, a folder or not there', async () => {
    const path = join(folder, 'empty');
    writeFileSync(path, '');
    await expect(openWeights(path)).rejects.toMatchObject({ code: 'weights-damaged' });
    await expect(openWeights(folder)).rejects.toMatchObject({
      code: 'weights-not-found',
      message: `${folder} is no file.`,
    });
    await expect(openWeights(join(folder, 'none'))).rejects.toMatchObject({ code: 'weights-not-found' });
  });

  it.runIf(process.platform !== 'win32')('or is a pipe that nobody writes into', async () => {
    const path = join(folder, 'pipe');
    expect(spawnSync('mkfifo', [path]).status).toBe(0);
    await expect(openWeights(path)).rejects.toMatchObject({ code: 'weights-not-found' });
  });

  it.runIf(existsSync('/proc/self/fd'))('is closed again', async () => {
    const open = () => readdirSync('/proc/self/fd').length;
    const before = open();
    for (let attempt = 0; attempt < 5; attempt++) await expect(openWeights(folder)).rejects.toThrow();
    expect(open()).toBe(before);
  });
});
