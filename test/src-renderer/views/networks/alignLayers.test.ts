import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../../src-main/workbench/contract.ts';
import { describeNetwork } from '../../../../src-main/vgg/describe.ts';
import { alignLayers } from '../../../../src-renderer/views/networks/alignLayers.ts';

function layersOf(config: Configuration) {
  return describeNetwork({ config, width: 1, crop: 224, classes: 1000 }).layers;
}

function differing(one: Configuration, other: Configuration): string[] {
  return alignLayers(layersOf(one), layersOf(other)).flatMap(({ pairs }) =>
    pairs.filter(({ differs }) => differs).map(({ name }) => name),
  );
}

// The differences are those that Table 1 prints in bold.
describe('alignLayers', () => {
  it('has five blocks that end with a max-pool, and the fully-connected layers', () => {
    const blocks = alignLayers(layersOf('D'), null);
    expect(blocks.map(({ pairs }) => pairs.length)).toEqual([2, 2, 3, 3, 3, 3]);
    expect(blocks.map(({ pool }) => pool?.left?.kind)).toEqual([...Array<string>(5).fill('pool'), undefined]);
    expect(blocks.at(-1)?.title).toBe('Fully connected');
  });

  it('finds nothing that differs in a net alone, or beside itself', () => {
    expect(alignLayers(layersOf('E'), null).some(({ pairs }) => pairs.some(({ differs }) => differs))).toBe(
      false,
    );
    expect(differing('E', 'E')).toEqual([]);
  });

  it('finds the layer of each of the last three blocks that E has over D, either way round', () => {
    const added = ['conv3_4', 'conv4_4', 'conv5_4'];
    expect(differing('D', 'E')).toEqual(added);
    expect(differing('E', 'D')).toEqual(added);
  });

  it('finds the 1×1 filters of C in place of the 3×3 of D', () => {
    expect(differing('C', 'D')).toEqual(['conv3_3', 'conv4_3', 'conv5_3']);
  });

  it('puts the LRN of A-LRN behind the layer that it normalises', () => {
    const [first] = alignLayers(layersOf('A'), layersOf('A-LRN'));
    expect(first?.pairs.map(({ left, right }) => [left?.kind, right?.kind])).toEqual([
      ['conv', 'conv'],
      [undefined, 'lrn'],
    ]);
    expect(differing('A', 'A-LRN')).toHaveLength(1);
  });

  it('takes a net without pools between its blocks for as many of them', () => {
    const blocks = alignLayers(layersOf('plain-34'), layersOf('resnet-34'));
    expect(blocks.map(({ title }) => title)).toEqual([
      ...['Block 1', 'Block 2', 'Block 3', 'Block 4', 'Block 5', 'Classifier'],
    ]);
    expect(blocks.map(({ pool }) => pool?.name)).toEqual(['pool1', ...Array<undefined>(5).fill(undefined)]);
    // What differs are the sums, one around each of 3 + 4 + 6 + 3 pairs, and the three projections.
    const names = differing('plain-34', 'resnet-34');
    expect(names.filter((name) => name.startsWith('add'))).toHaveLength(16);
    expect(names.filter((name) => !name.startsWith('add'))).toEqual(['proj3_1', 'proj4_1', 'proj5_1']);
  });

  it('finds the sums of E with shortcuts, and the wide filters of D', () => {
    expect(differing('E', 'E-skip')).toEqual([
      ...['add2_1', 'add3_1', 'add3_2', 'add4_1', 'add4_2', 'add5_1', 'add5_2'],
    ]);
    expect(differing('D', 'D-7x7').filter((name) => name.startsWith('conv3'))).toEqual([
      ...['conv3_1', 'conv3_2', 'conv3_3'],
    ]);
  });
});
