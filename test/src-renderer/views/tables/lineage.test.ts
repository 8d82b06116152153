import { expect, it } from 'vitest';
import { hasLineage, lineageOf, linkPath } from '../../../../src-renderer/views/tables/lineage/lineage.ts';

const runs = (...keys: string[]) => ({ runs: keys.map((key) => ({ key })) });

it('puts each run beside the one that it starts from', () => {
  const startsFrom = {
    'B@256#1': 'A@256#1',
    'D@256#1': 'A@256#1',
    'D@384#1': 'D@256#1',
    'D@256-512#1': 'D@384#1',
  };
  const progress = runs('A@256#1', 'A-LRN@256#1', 'B@256#1', 'D@256#1', 'D@384#1', 'D@256-512#1');
  const nodes = lineageOf({ startsFrom, progress });
  expect(nodes.map(({ key, column, row }) => [key, column, row])).toEqual([
    ['A@256#1', 0, 0],
    ['B@256#1', 1, 0],
    ['D@256#1', 1, 1],
    ['D@384#1', 2, 1],
    ['D@256-512#1', 3, 1],
    ['A-LRN@256#1', 0, 2],
  ]);
  expect(hasLineage({ startsFrom })).toBe(true);
});

it('lets a run whose origin is not in the study stand at the left', () => {
  const startsFrom = { 'D@384#1': 'D@256#1' };
  expect(lineageOf({ startsFrom, progress: runs('D@384#1') })).toEqual([
    { key: 'D@384#1', parent: null, column: 0, row: 0 },
  ]);
  expect(hasLineage({ startsFrom: {} })).toBe(false);
});

it('joins two nodes by a curve that leaves and arrives level', () => {
  expect(linkPath({ x: 0, y: 10 }, { x: 20, y: 50 })).toBe('M0 10 C10 10 10 50 20 50');
});
