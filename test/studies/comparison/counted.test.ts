import { describe, expect, it } from 'vitest';
import { comparedWeights, countedOf } from '../../../src-main/studies/comparison/counted.ts';
import type { Configuration } from '../../../src-main/vocabulary/configurations.ts';

/** At the paper's size. */
const net = (config: Configuration) => ({ config, width: 1, crop: 224, classes: 1000 });

describe('countedOf', () => {
  it('has the published numbers of B and of its 5×5 form (Sect. 4.1)', () => {
    expect(countedOf(net('B'))).toMatchObject({ depth: 13, parameters: 133_047_848, relus: 12 });
    expect(countedOf(net('B-5x5'))).toMatchObject({ depth: 8, parameters: 134_503_528, relus: 7 });
  });

  it('counts a rectification after every layer but the last', () => {
    for (const config of ['A', 'C', 'D', 'E', 'D-7x7'] as const) {
      const { depth, relus } = countedOf(net(config));
      expect(relus, config).toBe((depth ?? 0) - 1);
    }
    // Adding a shortcut moves a rectification and brings none.
    expect(countedOf(net('E-skip')).relus).toBe(countedOf(net('E')).relus);
  });

  it('sees as far with two 3×3 as with one 5×5, and with three as with one 7×7', () => {
    expect(countedOf(net('B-5x5')).receptiveField).toBe(countedOf(net('B')).receptiveField);
    expect(countedOf(net('D-7x7')).receptiveField).toBe(countedOf(net('D')).receptiveField);
  });
});

describe('comparedWeights', () => {
  it('counts nothing where nets are the same', () => {
    expect(comparedWeights([net('D'), net('D')])).toEqual([0, 0]);
  });

  it('counts all five blocks of B and B-5x5: two 3×3 from n to m channels are 9nm + 9m², one 5×5 25nm', () => {
    const blocks = [
      [3, 64],
      [64, 128],
      [128, 256],
      [256, 512],
      [512, 512],
    ] as const;
    const small = blocks.reduce((sum, [n, m]) => sum + 9 * n * m + 9 * m * m, 0);
    const large = blocks.reduce((sum, [n, m]) => sum + 25 * n * m, 0);
    expect(comparedWeights([net('B'), net('B-5x5')])).toEqual([small, large]);
  });

  it('counts the last three blocks of D and D-7x7: in the last, 27C² against 49C² (Sect. 2.3)', () => {
    const growing = [
      [128, 256],
      [256, 512],
    ] as const;
    const small = growing.reduce((sum, [n, m]) => sum + 9 * n * m + 18 * m * m, 27 * 512 ** 2);
    const large = growing.reduce((sum, [n, m]) => sum + 49 * n * m, 49 * 512 ** 2);
    expect(comparedWeights([net('D'), net('D-7x7')])).toEqual([small, large]);
  });

  it('counts only the blocks in which C and D differ, the last three', () => {
    const blocks = [
      [128, 256],
      [256, 512],
      [512, 512],
    ] as const;
    const withOne = blocks.reduce((sum, [n, m]) => sum + 9 * n * m + 9 * m * m + m * m, 0);
    const withThree = blocks.reduce((sum, [n, m]) => sum + 9 * n * m + 18 * m * m, 0);
    expect(comparedWeights([net('C'), net('D')])).toEqual([withOne, withThree]);
  });
});
