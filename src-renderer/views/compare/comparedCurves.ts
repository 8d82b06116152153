import type { ComparedRun, RunSummary, Series } from '../../../src-main/workbench/contract.ts';
import type { Baseline, ChartSeries, XAxis } from '../../charts/curves.ts';
import { pointsOf, stepsInEpoch } from '../../charts/points.ts';
import { percentText } from '../../../src-main/vocabulary/percentages.ts';
import { shownTrainScale } from '../../../src-main/vocabulary/scales.ts';
import { seriesStyle, type SeriesStyle } from '../../charts/palette.ts';
import { runName } from '../../../src-main/vocabulary/runName.ts';

/** The charts of a comparison: each overlays one series of all the runs. What is exact, or of few points, is not smoothed. */
export const comparedSeries = [
  { name: 'train/loss', title: 'Training loss', unit: '', error: null, exact: false },
  { name: 'val/loss', title: 'Validation loss', unit: '', error: null, exact: true },
  { name: 'val/top1Error', title: 'Validation top-1 error', unit: '%', error: 'top1Error', exact: true },
  { name: 'val/top5Error', title: 'Validation top-5 error', unit: '%', error: 'top5Error', exact: true },
  { name: 'train/top1Error', title: 'Training top-1 error', unit: '%', error: null, exact: false },
  { name: 'learningRate', title: 'Learning rate', unit: '', error: null, exact: true },
] as const;
export type ComparedSeries = (typeof comparedSeries)[number];

/** A style for each run in order: its own colour, if it has one, and always the dash of its place. */
export function runStyles(runs: readonly Pick<RunSummary, 'colour'>[]): SeriesStyle[] {
  return runs.map(({ colour }, index) => seriesStyle(index, colour));
}

/** A run whose curves are drawn. */
export type DrawnRun = Pick<RunSummary, 'id' | 'name' | 'trainScale' | 'totalSteps' | 'epochs'>;

/** One series of every run that has it, along the chosen axis. */
export function curvesOf(
  runs: readonly DrawnRun[],
  styles: readonly SeriesStyle[],
  seriesOf: (run: DrawnRun) => Series | undefined,
  axis: XAxis,
): ChartSeries[] {
  return runs.flatMap((run, index) => {
    const [series, style] = [seriesOf(run), styles[index]];
    if (!series || !style) return [];
    const points = pointsOf(series, axis, stepsInEpoch(run));
    return [{ id: run.id, label: runName(run), style, points }];
  });
}

/** The paper's rows for a single Q (Table 3) as levels: one for each net and S among the runs. */
export function paperLevels(runs: readonly ComparedRun[], error: ComparedSeries['error']): Baseline[] {
  if (error === null) return [];
  const rows = new Map(
    runs.flatMap(({ paper }) => paper.filter(({ table }) => table === 3)).map((row) => [row.id, row]),
  );
  return [...rows.values()].map((row) => ({
    label: `Paper ${row.config}, S ${shownTrainScale(row.trainScale)}: ${percentText(row[error])}`,
    value: row[error],
    together: paperLevelsText,
  }));
}

function paperLevelsText(values: readonly number[]): string {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  return `Paper, ${values.length} rows: ${least.toFixed(2)}–${percentText(greatest)}`;
}
