import { expect, it } from 'vitest';
import { runName } from '../../src-main/vocabulary/runName.ts';

const id = '20261128-162101-a-37-x7k2';

it('a key for a name shows the S that was trained, where it is not that of the key', () => {
  expect(runName({ id, name: 'A@256#1', trainScale: 37 })).toBe('A@256#1 (S 37)');
  expect(runName({ id, name: 'D@256-512#1', trainScale: [37, 73] })).toBe('D@256-512#1 (S 37–73)');
  expect(runName({ id, name: 'A@256#1', trainScale: 256 })).toBe('A@256#1');
  expect(runName({ id, name: 'A@256#1' })).toBe('A@256#1');
});

it('any other name stands as it is, and without one there is the id', () => {
  for (const name of ['A/glorot#1', 'A@home', 'mine @256', 'A'])
    expect(runName({ id, name, trainScale: 37 })).toBe(name);
  expect(runName({ id, name: '', trainScale: 37 })).toBe(id);
});
