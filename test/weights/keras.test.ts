import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openWeights } from '../../src-main/weights/openWeights.ts';
import { referenceFolder } from '../support/golden.ts';

/** Written by h5py: see wildKeras.py in the folder of references. */
const wild = (name: string) => join(referenceFolder, 'wild', name);
const folder = mkdtempSync(join(tmpdir(), 'keras-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const kernel = Array.from({ length: 72 }, (_, index) => index / 2);
const bias = [1, -2, 3, -4];

async function expectLayer(path: string, layer: string): Promise<void> {
  const file = await openWeights(path);
  try {
    expect([...file.tensors.keys()].toSorted()).toEqual([`${layer}.bias`, `${layer}.weight`]);
    expect(file.tensors.get(`${layer}.weight`)?.shape).toEqual([3, 3, 2, 4]);
    expect([...file.read(`${layer}.weight`)]).toEqual(kernel);
    expect([...file.read(`${layer}.bias`)]).toEqual(bias);
  } finally {
    file.close();
  }
}

it.each([
  ['half.h5', 'block1_conv1'],
  ['double.h5', 'block1_conv1'],
  ['big-endian.h5', 'block1_conv1'],
  ['model.h5', 'block1_conv1'],
  ['scoped.h5', 'dense_1'],
  ['nested.h5', 'vgg16/block1_conv1'],
  ['nested.weights.h5', 'functional/conv2d_3'],
  ['model.keras', 'functional/conv2d_3'],
  ['packed.keras', 'functional/conv2d_3'],
])('%s', async (name, layer) => {
  await expectLayer(wild(name), layer);
});

it('a batch normalisation keeps the names of its tensors', async () => {
  const file = await openWeights(wild('normalised.h5'));
  expect([...file.tensors.keys()].toSorted()).toEqual([
    'bn1.beta',
    'bn1.gamma',
    'bn1.moving_mean',
    'bn1.moving_variance',
    'conv1.bias',
    'conv1.weight',
  ]);
  file.close();
});

it('the copy that a .keras file is read from is gone once it is closed', async () => {
  const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('vgg-keras-'));
  const before = copies();
  const file = await openWeights(wild('model.keras'));
  expect(copies()).toHaveLength(before.length + 1);
  file.close();
  expect(copies()).toEqual(before);
  await expect(openWeights(wild('bomb.keras'))).rejects.toMatchObject({
    code: 'weights-damaged',
    message: expect.stringContaining('would unpack to 3000000 bytes') as unknown,
  });
  expect(copies()).toEqual(before);
});

it('a damaged file that is mended in its place is read anew', async () => {
  const path = join(folder, 'mended.h5');
  const damaged = readFileSync(wild('double.h5'));
  // The addresses of groups, in the first bytes behind the superblock.
  damaged.fill(0xff, 96, 800);
  writeFileSync(path, damaged);
  await expect(openWeights(path)).rejects.toMatchObject({ code: 'weights-damaged' });
  copyFileSync(wild('double.h5'), path);
  await expectLayer(path, 'block1_conv1');
});

it('a whole model tells the order of its layers, also of those in a net within it', async () => {
  const file = await openWeights(wild('words.h5'));
  const layers = ['body/second', 'body/first', 'answer'];
  expect(file.isOrdered).toBe(true);
  expect([...file.tensors.keys()]).toEqual(layers.flatMap((layer) => [`${layer}.weight`, `${layer}.bias`]));
  expect([...file.read('body/second.weight')]).toEqual(kernel);
  file.close();
});

it.each(['words.h5', 'described.keras'])('%s tells of layers that no net here has', async (name) => {
  const file = await openWeights(wild(name));
  expect(file.notes).toEqual([
    expect.stringContaining(
      'Its model has Rescaling, the activation elu, AveragePooling2D, which no net here has',
    ),
  ]);
  file.close();
});

it('a bit that changed in a .keras file is found', async () => {
  const path = join(folder, 'changed.keras');
  const changed = readFileSync(wild('model.keras'));
  const value = changed.indexOf(Buffer.from(new Float32Array(kernel.slice(40, 44)).buffer));
  changed[value] = (changed[value] ?? 0) ^ 0x40;
  writeFileSync(path, changed);
  await expect(openWeights(path)).rejects.toMatchObject({ code: 'weights-corrupt' });
});

it('a file that is open stays readable when another one breaks the library', async () => {
  const path = join(folder, 'broken.h5');
  writeFileSync(path, readFileSync(wild('double.h5')).subarray(0, 2000));
  const open = await openWeights(wild('double.h5'));
  await expect(openWeights(path)).rejects.toMatchObject({ code: 'weights-damaged' });
  expect([...open.read('block1_conv1.weight')]).toEqual(kernel);
  open.close();
});
