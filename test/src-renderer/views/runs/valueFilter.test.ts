import { describe, expect, it } from 'vitest';
import { runColumns } from '../../../../src-renderer/views/runs/columns.ts';
import { valueColumns } from '../../../../src-renderer/views/runs/valueColumns.ts';
import { readSearch, withCondition } from '../../../../src-renderer/views/runs/valueFilter.ts';
import { describeKeys } from '../../../../src-main/configuration/keys.ts';
import { summary } from '../../shared/runs/summary.ts';

const runs = [
  summary({ id: 'a', name: 'sweep one', config: 'A', top1Error: 20 }),
  summary({ id: 'b', name: 'sweep two', config: 'B', top1Error: 30 }),
  summary({ id: 'c', name: 'other', config: 'B', top1Error: null, trainScale: [64, 128] }),
];
const values = valueColumns(describeKeys(), {
  ids: ['a', 'b', 'c'],
  settings: [
    { key: 'training.learningRate', values: [0.01, 0.001, 0.1] },
    { key: 'training.batch', values: [32, 64, 256] },
    { key: 'training.weightDecay', values: [0.0005, 0, undefined] },
    { key: 'training.schedule', values: ['plateau', 'cosine', 'cosine'] },
  ],
  metrics: [
    { name: 'val/loss', values: [0.5, null, 1.5] },
    { name: 'learningRate', values: [0.1, 0.1, 0.1] },
  ],
});
const columns = [...runColumns, ...values];

const found = (search: string) => {
  const { conditions } = readSearch(search, columns);
  return runs.filter((run) => conditions.every(({ matches }) => matches(run))).map(({ id }) => id);
};

it('has no two columns of one id', () => {
  expect(new Set(columns.map(({ id }) => id)).size).toBe(columns.length);
});

describe('conditions in the search', () => {
  it.each([
    ['top1<30', ['a']],
    ['top1 <= 30 %', ['a', 'b']],
    ['top1=20..25', ['a']],
    ['top1=25..', ['b']],
    ['lr=0.01', ['a']],
    ['lr=1e-2,0.1', ['a', 'c']],
    ['batch>=64', ['b', 'c']],
    ['weightDecay=0', ['b']],
    ['net=b', ['b', 'c']],
    ['net!=B', ['a']],
    ['schedule=cosine val/loss>1', ['c']],
    ['name~^sweep', ['a', 'b']],
    ['s=64-128', ['c']],
    ['S=64–128', ['c']],
  ])('%s', (search, ids) => {
    expect(found(search)).toEqual(ids);
  });

  it('leaves to the words what names no column, or cannot be compared with', () => {
    expect(readSearch('two nosuch=3 name~( top1<30', columns)).toMatchObject({
      words: 'two nosuch=3 name~(',
      conditions: [{ text: 'top1<30' }],
    });
  });

  it('lets no run through whose value is not known', () => {
    expect(found('top1>0')).toEqual(['a', 'b']);
    expect(found('top1<100')).toEqual(['a', 'b']);
  });

  it('replaces the condition that a column had', () => {
    const [column] = values.filter(({ id }) => id === 'training.batch');
    expect(column && withCondition('two training.batch=1..2', column, '=32..64')).toBe(
      'two training.batch=32..64',
    );
  });
});
