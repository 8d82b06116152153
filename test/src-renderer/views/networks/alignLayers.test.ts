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
});
