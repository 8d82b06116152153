import { describe, expect, it } from 'vitest';
import {
  countFacet,
  facetParameter,
  nextSort,
  readQuery,
  searchMatcher,
} from '../../../../src-renderer/shared/runs/runQuery.ts';
import { summary } from './summary.ts';

describe('the list of runs in the address', () => {
  it('comes back as it was put in, commas in values too', () => {
    const parameters = new URLSearchParams({ search: 'a b', sort: '-loss' });
    parameters.set('dataset', facetParameter(['a, b', 'c/d']));
    parameters.set('status', facetParameter(['failed', 'paused']));
    expect(readQuery(new URLSearchParams(parameters.toString()))).toEqual({
      search: 'a b',
      facets: { status: ['failed', 'paused'], net: [], dataset: ['a, b', 'c/d'], tag: [] },
      sort: { column: 'loss', descending: true },
    });
  });

  it('sorts upwards, downwards, and no more with each click on a heading', () => {
    const clicks: string[] = [];
    for (let click = 0; click < 4; click++) {
      const { sort } = readQuery(new URLSearchParams({ sort: clicks.at(-1) ?? '' }));
      clicks.push(nextSort(sort, 'net'));
    }
    expect(clicks).toEqual(['net', '-net', '', 'net']);
    expect(nextSort({ column: 'net', descending: true }, 'loss')).toBe('loss');
  });
});

describe('searchMatcher', () => {
  const run = summary({ name: 'Long run', tags: ['baseline'], notes: 'Diverged at 3' });

  it.each(['long', 'LONG base', 'd-64-abcd', 'diverged run', ''])('finds %j', (search) => {
    expect(searchMatcher(search)(run)).toBe(true);
  });

  it.each(['longer', 'long ablation', 'imagenette'])('does not find %j', (search) => {
    expect(searchMatcher(search)(run)).toBe(false);
  });
});

it('counts each tag of a run, the most frequent first', () => {
  const runs = [summary({ tags: ['a', 'b'] }), summary({ tags: ['b'] }), summary()];
  expect(countFacet(runs, 'tag')).toEqual([
    { value: 'b', count: 2 },
    { value: 'a', count: 1 },
  ]);
});
