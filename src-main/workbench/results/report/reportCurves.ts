import type { Curve } from '../../../report/lineChart.ts';
import type { Series } from '../../../runs/records.ts';
import type { RunLog } from '../../../runs/RunLog.ts';
import type { PlacedRun } from '../placedRuns.ts';

/** Enough for a chart of a few centimetres. */
const maxPoints = 200;

/** Top-1 error of the validation at the end of each epoch, counted from 1. */
export function validationCurve(log: RunLog, run: PlacedRun): Curve[] {
  return curveOf(log, run, 'val/top1Error', ({ epochs }) => epochs.map((epoch) => epoch + 1));
}

/** Over the steps. */
export function lossCurve(log: RunLog, run: PlacedRun): Curve[] {
  return curveOf(log, run, 'train/loss', ({ steps }) => steps);
}

function curveOf(
  log: RunLog,
  { key, run }: PlacedRun,
  name: string,
  xOf: (series: Series) => number[],
): Curve[] {
  const [series] = log.metrics.read(run.id, { names: [name], maxPoints });
  return series && series.values.length > 0 ? [{ label: key, x: xOf(series), y: series.values }] : [];
}

/** The norm of each layer's gradient at the last step that has any. */
export function layerCurve(log: RunLog, { key, run }: PlacedRun): Curve[] {
  const { layers, values } = log.metrics.layers(run.id, 'gradient/norm', 2);
  const last = values.map((row) => Number(row.at(-1) ?? NaN));
  return last.some(Number.isFinite) ? [{ label: key, x: layers.map((_, layer) => layer + 1), y: last }] : [];
}
