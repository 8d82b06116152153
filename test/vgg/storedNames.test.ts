import { describe, expect, it } from 'vitest';
import { parametricLayers, type Architecture } from '../../src-main/vgg/layers.ts';
import { layersOf } from '../../src-main/vgg/layersOf.ts';
import { findLayers } from '../../src-main/vgg/weights/findLayers.ts';
import { identify } from '../../src-main/vgg/weights/identify.ts';
import { unusedNotes } from '../../src-main/vgg/weights/unused.ts';
import { shapesOf } from '../../src-main/vgg/weights/storedLayout.ts';
import { generator } from '../support/randomBytes.ts';
import { formats, type WeightsFormat } from '../../src-main/weights/formats.ts';
import type { WeightsFile } from '../../src-main/weights/WeightsFile.ts';

const netD: Architecture = { config: 'D', width: 0.0625, crop: 64, classes: 10 };
const layers = parametricLayers(layersOf(netD));
const convolutions = layers.filter(({ kind }) => kind === 'conv').map(({ name }) => name);
/** Numbers of torchvision's modules. */
const torchvision = layers.map(({ stored }) => stored);

interface Writing {
  format?: WeightsFormat;
  isOrdered?: boolean;
  /** Which layers, by their place. */
  only?: (place: number) => boolean;
  extra?: Record<string, number[]>;
}

/** A file with the shapes of net D, its layers under the given names, in no order at all unless it has one. */
function fileWith(
  names: readonly string[],
  { format = formats.torchvision, isOrdered = false, only, extra }: Writing = {},
): WeightsFile {
  const tensors = layers.flatMap((layer, place) => {
    if (only && !only(place)) return [];
    return [true, false].map((isWeight) => {
      const shape = shapesOf(format, layer, isWeight)[0] ?? [];
      return [`${names[place] ?? ''}.${isWeight ? 'weight' : 'bias'}`, { dtype: 'F32', shape }] as const;
    });
  });
  const all = [
    ...tensors,
    ...Object.entries(extra ?? {}).map(([name, shape]) => [name, { dtype: 'F32', shape }] as const),
  ];
  const random = generator(5);
  const order = new Map(all.map(([name]) => [name, random()]));
  const shuffled = all.toSorted(([one], [other]) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
  return {
    path: 'weights',
    format,
    tensors: new Map(isOrdered ? all : shuffled),
    isOrdered,
    notes: [],
    metadata: {},
    read: () => new Float32Array(),
    close: () => undefined,
  };
}

/** The name of the weight that each layer would be copied from. */
function weightsOf(file: WeightsFile): string[] {
  const found = findLayers(file, netD, 'all');
  if ('misfit' in found) throw new Error(found.misfit);
  return found.sources.map(({ tensors }) => tensors.find(({ isWeight }) => isWeight)?.name ?? '');
}

const numbered = (conv: number, dense: number, before = '') => {
  const name = (kind: string, number: number) => `${before}${number === 0 ? kind : `${kind}_${number}`}`;
  return layers.map(({ kind }, place) =>
    kind === 'conv' ? name('conv2d', conv + place) : name('dense', dense + place - convolutions.length),
  );
};
const inside = (names: readonly string[], from: string, to: string) =>
  names.map((name) => name.replace(from, to));
const caffe = (last: readonly string[]) => [...convolutions, ...last];
const keras = (last: readonly string[], before = '') => [
  ...convolutions.map((name) => `${before}${name.replace(/^conv(\d)_(\d)$/, 'block$1_conv$2')}`),
  ...last,
];

describe('the layers of a net are found by shape and order, whatever their names', () => {
  it.each<[string, readonly string[], Writing?]>([
    ['as torchvision has them', torchvision],
    ...['module.', '_orig_mod.', '_orig_mod.module.', 'model.', 'net.', 'vgg.', 'encoder.backbone.'].map(
      (prefix): [string, string[]] => [`behind ${prefix}`, torchvision.map((name) => prefix + name)],
    ),
    ['features in DataParallel', inside(torchvision, 'features.', 'features.module.')],
    ['any word inside', inside(torchvision, 'features.', 'features.inner.')],
    [
      'torchvision before 2017',
      torchvision.map(
        (name) => ({ 'classifier.0': 'classifier.1', 'classifier.3': 'classifier.4' })[name] ?? name,
      ),
    ],
    ['a head of its own', torchvision.map((name) => name.replace('classifier', 'head'))],
    ['another last layer', torchvision.map((name) => (name === 'classifier.6' ? 'fc_new' : name))],
    ['a Caffe net fine-tuned', caffe(['fc6', 'fc7', 'fc8_flickr']), { format: formats.caffe }],
    ['a Caffe net for detection', caffe(['fc6', 'fc7', 'fc8-1']), { format: formats.caffe }],
    [
      'a Caffe net made convolutional',
      caffe(['fc6-conv', 'fc7-conv', 'fc8-conv']),
      { format: formats.caffe },
    ],
    ['Keras, numbered from the first', numbered(0, 0), { format: formats['keras-numbered'] }],
    ['Keras, numbered from 1', numbered(1, 1), { format: formats['keras-numbered'] }],
    ['Keras, numbered from 9', numbered(9, 4), { format: formats['keras-numbered'] }],
    ['Keras, in another model', numbered(13, 0, 'functional/'), { format: formats['keras-numbered'] }],
    ['Keras, VGG as a layer', keras(['dense', 'dense_1', 'dense_2'], 'vgg16/'), { format: formats.keras }],
    [
      'letters for numbers',
      layers.map(({ name }) => name.replace(/_(\d)/, (_, n: string) => 'abcd'[Number(n) - 1] ?? '')),
    ],
  ])('%s', (_, names, writing) => {
    const file = fileWith(names, writing);
    expect(weightsOf(file)).toEqual(names.map((name) => `${name}.weight`));
    expect(identify(file)).toMatchObject({ architecture: netD, misfit: null });
  });

  it('in the order of the file where the names tell none and the file does', () => {
    const words =
      'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen';
    const names = words.split(' ');
    expect(weightsOf(fileWith(names, { isOrdered: true }))).toEqual(names.map((name) => `${name}.weight`));
    const unordered = findLayers(fileWith(names), netD, 'all');
    expect(unordered).toMatchObject({
      misfit: expect.stringMatching(/^nothing tells whether \w+ or \w+ comes first$/) as unknown,
    });
  });
});

describe('what does not fit is named with its reason', () => {
  const reasonOf = (file: WeightsFile) => identify(file).misfit;

  it('numbers in the names that contradict the order of the file', () => {
    const names = layers.map((_, place) => `layer${place === 8 ? 9 : place === 9 ? 8 : place}`);
    expect(reasonOf(fileWith(names, { isOrdered: true }))).toBe(
      'nothing tells whether layer8 or layer9 comes first',
    );
    expect(reasonOf(fileWith(names))).toBeNull();
  });

  it('a single slope of PReLU, under names of its own or behind a prefix', () => {
    const names = layers.map((_, place) => `body.${2 * place}`);
    const slope = { extra: { 'body.1.weight': [1] } };
    expect(reasonOf(fileWith(names, slope))).toBe('body.1.weight belongs to no layer of this net');
    const behind = fileWith(
      torchvision.map((name) => `net.${name}`),
      { extra: { 'net.scale.weight': [1] } },
    );
    expect(reasonOf(behind)).toBe('net.scale.weight belongs to no layer of this net');
  });

  it('a layer too many', () => {
    const file = fileWith(
      torchvision.map((name) => `net.${name}`),
      { extra: { 'net.extra.weight': [7, 10], 'net.extra.bias': [7] } },
    );
    expect(reasonOf(file)).toBe('net.extra.weight belongs to no layer of this net');
  });

  it('batch normalisation', () => {
    const extra = Object.fromEntries(
      ['weight', 'bias', 'running_mean', 'running_var'].map((role) => [`features.1.${role}`, [4]]),
    );
    expect(reasonOf(fileWith(torchvision, { extra }))).toMatch(/features\.1/);
    const renumbered = torchvision.map((name, place) =>
      name.startsWith('features') ? `features.${3 * place}` : name,
    );
    expect(reasonOf(fileWith(renumbered, { extra }))).toMatch(/batch normalisation \(features\.1\.running/);
  });

  it('two nets in one file', () => {
    const file = fileWith(torchvision.map((name) => `student.${name}`));
    const teacher = fileWith(torchvision.map((name) => `teacher.${name}`));
    const both = { ...file, tensors: new Map([...file.tensors, ...teacher.tensors]) };
    expect(reasonOf(both)).toBe('it holds several nets: student. and teacher.');
  });

  it('a type that holds no weights', () => {
    const file = fileWith(torchvision);
    const shape = file.tensors.get('features.0.weight')?.shape ?? [];
    const wrong = new Map([...file.tensors, ['features.0.weight', { dtype: 'I8', shape }]]);
    expect(reasonOf({ ...file, tensors: wrong })).toBe('features.0.weight is I8, which holds no weights');
  });

  it('a layer that is missing, and a bias', () => {
    const lacking = fileWith(torchvision, { only: (place) => place !== 4 });
    expect(reasonOf(lacking)).toMatch(/^it is nearest to net D, but .+ where conv3_1 takes/);
    const file = fileWith(torchvision);
    const withoutBias = new Map([...file.tensors].filter(([name]) => name !== 'features.0.bias'));
    expect(reasonOf({ ...file, tensors: withoutBias })).toBe('features.0 has no bias');
  });

  it('another net than the one asked for', () => {
    const found = findLayers(
      fileWith(torchvision.map((name) => `net.${name}`)),
      { ...netD, classes: 7 },
      'all',
    );
    expect(found).toMatchObject({ misfit: 'net.classifier.6.weight is 10×256 where fc8 takes 7×256' });
  });
});

describe('tensors beside the net', () => {
  it('are listed by their names', () => {
    const extra = { 'attention.weight': [4, 4], temperature: [1], 'normalize.mean': [3] };
    expect(unusedNotes(fileWith(torchvision, { extra }), netD)).toEqual([
      expect.stringMatching(/^It also holds normalize\.mean, which are not used/),
      expect.stringMatching(
        /^It also holds (attention\.weight and temperature|temperature and attention\.weight), which belong/,
      ),
    ]);
  });

  it('are nothing to tell where they are not there, or a checkpoint has them', () => {
    expect(unusedNotes(fileWith(torchvision), netD)).toEqual([]);
    const velocities = { format: formats.workbench, extra: { 'velocity.features.0.weight': [4, 3, 3, 3] } };
    expect(unusedNotes(fileWith(torchvision, velocities), netD)).toEqual([]);
  });
});

describe('a file without the fully-connected layers', () => {
  const file = fileWith(keras([], 'vgg16/'), {
    format: formats.keras,
    only: (place) => place < convolutions.length,
  });

  it('is known by its convolutions', () => {
    expect(identify(file)).toMatchObject({
      architecture: null,
      convolutions: { config: 'D', width: 0.0625 },
      misfit: 'it has the convolutions of net D, but not its fully-connected layers',
    });
  });

  it('gives them, and nothing else', () => {
    const found = findLayers(file, netD, 'convolutions');
    expect('sources' in found && found.sources.map(({ layer }) => layer.name)).toEqual(convolutions);
    expect(findLayers(file, netD, 'all-but-last')).toMatchObject({ misfit: 'it has no weights for fc6' });
  });
});
