import { describe, expect, it, test } from 'vitest';
import { circlesOf } from './circles.ts';
import { importsBelow } from './imports.ts';

describe('circlesOf', () => {
  it('names the files of each circle', () => {
    const imports = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', ['e']],
      ['e', ['d', 'outside']],
      ['f', ['a', 'e']],
    ]);
    expect(circlesOf(imports)).toEqual([
      ['d', 'e'],
      ['a', 'b', 'c'],
    ]);
  });

  it('finds none where imports point one way, by whatever number of ways', () => {
    const imports = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
    ]);
    expect(circlesOf(imports)).toEqual([]);
  });
});

test.each(['src-main', 'src-renderer'])('no files of %s import each other in a circle', (folder) => {
  const imports = importsBelow(folder);
  expect(imports.size).toBeGreaterThan(100);
  expect([...imports.values()].flat().filter((file) => imports.has(file)).length).toBeGreaterThan(300);
  expect(circlesOf(imports)).toEqual([]);
});
