import { describe, expect, it } from 'vitest';
import {
  chosenColumns,
  runColumns,
  usualColumns,
  type RunColumn,
} from '../../../../src-renderer/views/runs/columns.ts';
import { summary } from '../../shared/runs/summary.ts';

function column(id: string): RunColumn {
  const found = runColumns.find((one) => one.id === id);
  if (!found) throw new Error(`no column ${id}`);
  return found;
}

describe('columns of the list of runs', () => {
  it('say what a run has, and a dash for what it has not', () => {
    const run = summary({ trainScale: [64, 128], top1Error: null, bestTop1: null });
    const texts = ['name', 'trainScale', 'top1', 'bestTop1', 'bestTop5', 'epoch', 'parameters'];
    expect(texts.map((id) => column(id).text(run))).toEqual([
      run.id,
      '64–128',
      '–',
      '–',
      '6.00 % @ 3',
      '4 / 4',
      '15.0 M',
    ]);
  });

  it('put what is not known last, and a diverged loss after every other', () => {
    expect(column('top1').value(summary({ top1Error: null }))).toBeUndefined();
    expect(column('tags').value(summary())).toBeUndefined();
    expect(column('loss').value(summary({ trainLoss: null }))).toBeUndefined();
    expect(column('loss').value(summary({ trainLoss: NaN }))).toBe(Infinity);
  });

  it('sort a range of S after the same fixed S and before the next', () => {
    const values = ([64, [64, 128], 65] as const).map((trainScale) =>
      column('trainScale').value(summary({ trainScale: trainScale as number | [number, number] })),
    );
    expect(values).toEqual([...values].sort((one, other) => Number(one) - Number(other)));
  });

  it('keep the order that was chosen, the name among them, and are the usual ones where none is there', () => {
    const ids = (chosen: string[]) => chosenColumns(chosen, runColumns)?.map(({ id }) => id);
    expect(ids(['seed', 'net'])).toEqual(['name', 'seed', 'net']);
    expect(ids(['seed', 'name'])).toEqual(['seed', 'name']);
    expect(ids([])).toBeUndefined();
    expect(ids(['no such column'])).toBeUndefined();
  });

  it('have top-5 only where there are enough classes for it to say something', () => {
    const ids = (classes: number | null) => usualColumns([summary({ classes })]).map(({ id }) => id);
    expect(ids(10)).toContain('top1');
    expect(ids(10)).not.toContain('top5');
    expect(ids(1000)).toContain('top5');
  });
});
