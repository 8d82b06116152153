import type { ComparedRun, RunSummary, Series } from '../../../src-main/workbench/contract.ts';
import type { Baseline, ChartSeries, XAxis } from '../../charts/curves.ts';
import { percent, trainScaleText } from '../../format/numbers.ts';
import { seriesStyle, type SeriesStyle } from '../../format/palette.ts';
import { nameOf } from '../runs/columns.ts';

/** The charts of a comparison: each overlays one series of all the runs. */
export const comparedSeries = [
  { name: 'train/loss', title: 'Training loss', unit: '', error: null },
  { name: 'val/loss', title: 'Validation loss', unit: '', error: null },
  { name: 'val/top1Error', title: 'Validation top-1 error', unit: '%', error: 'top1Error' },
  { name: 'val/top5Error', title: 'Validation top-5 error', unit: '%', error: 'top5Error' },
  { name: 'train/top1Error', title: 'Training top-1 error', unit: '%', error: null },
  { name: 'learningRate', title: 'Learning rate', unit: '', error: null },
] as const;
export type ComparedSeries = (typeof comparedSeries)[number];

type NamedRun = Pick<RunSummary, 'id' | 'name'>;

/** A style for each run in order: its own colour, if it has one, and always the dash of its place. */
export function runStyles(runs: readonly Pick<RunSummary, 'colour'>[]): SeriesStyle[] {
  return runs.map(({ colour }, index) => seriesStyle(index, colour));
}

/** One series of every run that has it, along the chosen axis. */
export function curvesOf(
  name: string,
  runs: readonly NamedRun[],
  styles: readonly SeriesStyle[],
  seriesOf: ReadonlyMap<string, readonly Series[]>,
  axis: XAxis,
): ChartSeries[] {
  return runs.flatMap((run, index) => {
    const series = seriesOf.get(run.id)?.find((one) => one.name === name);
    const style = styles[index];
    if (!series || !style) return [];
    return [{ id: run.id, label: nameOf(run), style, points: { x: along(series, axis), y: series.values } }];
  });
}

function along({ name, steps, epochs, seconds }: Series, axis: XAxis): number[] {
  if (axis === 'step') return steps;
  if (axis === 'time') return seconds;
  // What is measured at the end of an epoch has its number from 0.
  return name.startsWith('val/') ? epochs.map((epoch) => epoch + 1) : epochs;
}

/** The paper's rows for a single Q (Table 3) as levels: one for each net and S among the runs. */
export function paperLevels(runs: readonly ComparedRun[], error: ComparedSeries['error']): Baseline[] {
  if (error === null) return [];
  const rows = new Map(
    runs.flatMap(({ paper }) => paper.filter(({ table }) => table === 3)).map((row) => [row.id, row]),
  );
  return [...rows.values()].map((row) => ({
    label: `Paper ${row.config}, S ${trainScaleText(row.trainScale)}: ${percent(row[error])}`,
    value: row[error],
  }));
}
