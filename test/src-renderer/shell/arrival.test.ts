import { expect, it } from 'vitest';
import { hasArrived } from '../../../src-renderer/ui/arrival.ts';

it('a value arrives where none was, or another was, of the same thing', () => {
  const before = { of: 'A', value: null };
  expect(hasArrived(before, { of: 'A', value: 23.4 })).toBe(true);
  expect(hasArrived({ of: 'A', value: 23.4 }, { of: 'A', value: 22 })).toBe(true);
  expect(hasArrived({ of: 'A', value: 23.4 }, { of: 'A', value: 23.4 })).toBe(false);
});

it('nothing arrives with the page, with another thing in its place, or where a value goes', () => {
  expect(hasArrived(undefined, { of: 'A', value: 23.4 })).toBe(false);
  expect(hasArrived({ of: 'A', value: null }, { of: 'B', value: 23.4 })).toBe(false);
  for (const value of [null, '', false])
    expect(hasArrived({ of: 'A', value: 1 }, { of: 'A', value })).toBe(false);
});
