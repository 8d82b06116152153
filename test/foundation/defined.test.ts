import { expect, it } from 'vitest';
import { defined } from '../../src-main/foundation/defined.ts';

it('leaves out what has no value, and keeps null, 0 and the empty text', () => {
  expect(Object.entries(defined({ a: undefined, b: null, c: 0, d: '' }))).toEqual([
    ['b', null],
    ['c', 0],
    ['d', ''],
  ]);
});
