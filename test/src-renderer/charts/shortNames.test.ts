import { expect, it } from 'vitest';
import { shortNames } from '../../../src-renderer/charts/shortNames.ts';

it.each([
  [
    ['A-LRN@256#1 (S 37)', 'A@256#1 (S 37)', 'B@256#1 (S 37)'],
    ['A-LRN', 'A', 'B'],
  ],
  [
    ['A@256#1', 'A@256#2'],
    ['#1', '#2'],
  ],
  [
    ['C, S 37-73 (1)', 'C, S 55 (1)'],
    ['S 37-73', 'S 55'],
  ],
  [
    ['C, S 37 (1)', 'E, S 55 (1)'],
    ['C, S 37', 'E, S 55'],
  ],
  [
    ['training, each batch', 'validation'],
    ['training, each batch', 'validation'],
  ],
  // Nothing would be left of the first.
  [
    ['net', 'net (S 37)'],
    ['net', 'net (S 37)'],
  ],
  [['A@256#1'], ['A@256#1']],
])('shortens %j to %j', (names, short) => {
  expect(shortNames(names)).toEqual(short);
});
