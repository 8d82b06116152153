import { describe, expect, it } from 'vitest';
import {
  chosenColumns,
  columnsWithin,
  fittingWidth,
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

  it('are as wide as their longest text, within bounds', () => {
    const measure = (text: string) => 8 * text.length;
    const widthOf = (id: string, texts: string[]) =>
      fittingWidth(
        column(id),
        texts.map((name) => summary({ name, dataset: name })),
        measure,
      );
    expect(widthOf('dataset', ['x'])).toBe(84);
    expect(widthOf('dataset', ['imagenette-mini', 'x'])).toBe(8 * 15 + 18);
    expect(widthOf('dataset', ['x'.repeat(100)])).toBe(200);
    expect(widthOf('name', ['E@256-512#1 (S 37–73)'])).toBe(8 * 21 + 20 + 18);
    expect(widthOf('status', ['x'])).toBe(104);
  });

  it('leave away what is least missed where there is no room, and never what counts most', () => {
    const usual = usualColumns([summary({ classes: 1000, tags: ['mine'] })]);
    const within = (room: number) => columnsWithin(usual, room, ({ width }) => width).map(({ id }) => id);
    const whole = usual.reduce((sum, { width }) => sum + width, 0);
    expect(within(whole)).toEqual(usual.map(({ id }) => id));
    expect(within(whole - 1)).toEqual(usual.map(({ id }) => id).filter((id) => id !== 'bestTop5'));
    expect(within(0)).toEqual(['status', 'name', 'trainScale', 'top1', 'top5']);
  });

  it('begin with what counts most, and have what says something of these runs only', () => {
    const ids = (classes: number | null, tags: string[] = []) =>
      usualColumns([summary({ classes, tags })]).map(({ id }) => id);
    expect(ids(10).slice(0, 6)).toEqual(['status', 'name', 'net', 'trainScale', 'top1', 'top5']);
    expect(ids(10)).not.toContain('bestTop5');
    expect(ids(1000)).toContain('bestTop5');
    expect(ids(10)).not.toContain('tags');
    expect(ids(10, ['mine'])).toContain('tags');
  });

  it('have room for both errors beside the name at 900 pixels, and for all of the usual ones at 1440', () => {
    const usual = usualColumns([summary()]);
    const widths = (columns: readonly RunColumn[]) => columns.reduce((sum, { width }) => sum + width, 36);
    const errors = usual.findIndex(({ id }) => id === 'top5') + 1;
    // The side bar has 60 pixels there, the edges of the page 48 with a scroll bar.
    expect(widths(usual.slice(0, errors))).toBeLessThan(900 - 60 - 48);
    expect(widths(usual) + 44).toBeLessThan(1440 - 208 - 48 - 8);
  });
});
