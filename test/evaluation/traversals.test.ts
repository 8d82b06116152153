import { expect, it } from 'vitest';
import { traversalsOf } from '../../src-main/evaluation/traversals.ts';

it('goes once over whole images at a scale, whatever passes are requested there', () => {
  const traversals = traversalsOf([
    { protocol: 'dense', testScales: [96] },
    { protocol: 'dense', testScales: [64, 96] },
    { protocol: 'multi-crop', testScales: [64, 96] },
    { protocol: 'multi-crop+dense', testScales: [64, 96] },
  ]);
  expect(traversals).toEqual([
    { testScale: 96, whole: true, passes: ['dense', 'multi-crop'] },
    { testScale: 64, whole: true, passes: ['dense', 'multi-crop'] },
  ]);
});

it('goes by itself over central crops', () => {
  const traversals = traversalsOf([
    { protocol: 'centre-crop', testScales: [64] },
    { protocol: 'multi-crop+dense', testScales: [64] },
  ]);
  expect(traversals).toEqual([
    { testScale: 64, whole: true, passes: ['multi-crop', 'dense'] },
    { testScale: 64, whole: false, passes: ['centre-crop'] },
  ]);
});
