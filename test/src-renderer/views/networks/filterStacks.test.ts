import { expect, it } from 'vitest';
import { filterStack } from '../../../../src-renderer/views/networks/filterStacks.ts';

// Sect. 2.3 gives these: 27C² against 49C², 81 % more.
it('has the paper’s numbers for three 3×3 layers against one of 7×7', () => {
  expect(filterStack(3, 1)).toMatchObject({ stackWeights: 27, singleWeights: 49, rectifications: 3 });
  expect(Math.round(filterStack(3, 512).percentMore)).toBe(81);
  expect(filterStack(3, 1).receptiveFields).toEqual([3, 5, 7]);
});

// Sect. 2.3: a stack of two has a receptive field of 5×5. The weights are multiplied by hand: 2·9·64² and 25·64².
it('sets two 3×3 layers against one of 5×5', () => {
  expect(filterStack(2, 64)).toMatchObject({
    receptiveFields: [3, 5],
    stackWeights: 73_728,
    singleWeights: 102_400,
  });
});

it('needs the same for a stack of one', () => {
  expect(filterStack(1, 7).percentMore).toBe(0);
});
