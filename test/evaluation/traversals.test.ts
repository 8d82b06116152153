import { expect, it } from 'vitest';
import { traversalsOf } from '../../src-main/evaluation/traversals.ts';

it('walks once over whole images at a scale, whatever passes are requested there', () => {
  const walks = traversalsOf([
    { protocol: 'dense', testScales: [96] },
    { protocol: 'dense', testScales: [64, 96] },
    { protocol: 'multi-crop', testScales: [64, 96] },
    { protocol: 'multi-crop+dense', testScales: [64, 96] },
  ]);
  expect(walks).toEqual([
    { testScale: 96, whole: true, passes: ['dense', 'multi-crop'] },
    { testScale: 64, whole: true, passes: ['dense', 'multi-crop'] },
  ]);
});

it('walks by itself over central crops', () => {
  const walks = traversalsOf([
    { protocol: 'centre-crop', testScales: [64] },
    { protocol: 'multi-crop+dense', testScales: [64] },
  ]);
  expect(walks).toEqual([
    { testScale: 64, whole: true, passes: ['multi-crop', 'dense'] },
    { testScale: 64, whole: false, passes: ['centre-crop'] },
  ]);
});
