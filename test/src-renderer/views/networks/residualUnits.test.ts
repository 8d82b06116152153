import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../../src-main/workbench/contract.ts';
import { describeNetwork } from '../../../../src-main/vgg/describe.ts';
import { alignLayers } from '../../../../src-renderer/views/networks/alignLayers.ts';
import { residualUnits } from '../../../../src-renderer/views/networks/residualUnits.ts';

function unitsOf(left: Configuration, right: Configuration, side: 'left' | 'right', block: number) {
  const [one, other] = [left, right].map(
    (config) => describeNetwork({ config, width: 1, crop: 224, classes: 1000 }).layers,
  );
  if (!one || !other) return [];
  const pairs = alignLayers(one, other)[block - 1]?.pairs ?? [];
  return residualUnits(pairs, side, side === 'left' ? one : other).map(({ layers, sum, shortcut }) => ({
    layers: layers.map(({ name }) => name),
    sum: sum?.name,
    shortcut: shortcut && [shortcut.kind, shortcut.from, shortcut.label],
  }));
}

// The shortcuts are those of He et al. 2015, Fig. 3.
describe('residualUnits', () => {
  it('puts each pair of the residual net with the shortcut around it', () => {
    expect(unitsOf('plain-34', 'resnet-34', 'right', 2)).toEqual([
      { layers: ['conv2_1', 'conv2_2'], sum: 'add2_1', shortcut: ['identity', 'pool1', ''] },
      { layers: ['conv2_3', 'conv2_4'], sum: 'add2_2', shortcut: ['identity', 'add2_1', ''] },
      { layers: ['conv2_5', 'conv2_6'], sum: 'add2_3', shortcut: ['identity', 'add2_2', ''] },
    ]);
  });

  it('shows a projection on its shortcut, not as a layer of the chain', () => {
    expect(unitsOf('plain-34', 'resnet-34', 'right', 3)[0]).toEqual({
      layers: ['conv3_1', 'conv3_2'],
      sum: 'add3_1',
      shortcut: ['projection', 'add2_3', '1×1/2'],
    });
  });

  it('leaves no gap in a plain net for the sums and projections of the other', () => {
    expect(unitsOf('plain-34', 'resnet-34', 'left', 5)).toEqual(
      [1, 2, 3, 4, 5, 6].map((position) => ({
        layers: [`conv5_${position}`],
        sum: undefined,
        shortcut: null,
      })),
    );
  });

  it('tells zeros for the channels that grow from the identity', () => {
    expect(unitsOf('E', 'E-skip', 'right', 4).map(({ shortcut }) => shortcut)).toEqual([
      ['zeros', 'pool3', '+ zeros'],
      ['identity', 'add4_1', ''],
    ]);
  });

  it('keeps a gap where the other net has a convolution more', () => {
    expect(unitsOf('D', 'E-skip', 'left', 5).flatMap(({ layers }) => layers)).toEqual([
      ...['conv5_1', 'conv5_2', 'conv5_3', 'conv5_4'],
    ]);
  });
});
