import { expect, it } from 'vitest';
import { movedTo, nearestPlace, toggled } from '../../../../../src-renderer/views/runs/plots/axisOrder.ts';

it('moves an axis to a place, and no further than the ends', () => {
  expect(movedTo(['net', 'lr', 'top1'], 'lr', 0)).toEqual(['lr', 'net', 'top1']);
  expect(movedTo(['net', 'lr', 'top1'], 'net', 1)).toEqual(['lr', 'net', 'top1']);
  expect(movedTo(['net', 'lr', 'top1'], 'net', 9)).toEqual(['lr', 'top1', 'net']);
  expect(movedTo(['net', 'lr', 'top1'], 'top1', -1)).toEqual(['top1', 'net', 'lr']);
});

it('adds an axis before the last, and leaves two at least', () => {
  expect(toggled(['net', 'top1'], 'lr')).toEqual(['net', 'lr', 'top1']);
  expect(toggled(['net', 'lr', 'top1'], 'lr')).toEqual(['net', 'top1']);
  expect(toggled(['net', 'top1'], 'net')).toEqual(['net', 'top1']);
});

it('finds the place nearest to where a title was let go', () => {
  expect([-0.2, 0, 0.24, 0.26, 0.9, 3].map((position) => nearestPlace(position, 3))).toEqual([
    0, 0, 0, 1, 2, 2,
  ]);
});
