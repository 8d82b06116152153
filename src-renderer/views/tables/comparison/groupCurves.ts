import { parseRunKey } from '../../../../src-main/vocabulary/runKey.ts';
import type { Series, StudyComparison, StudyComparisonRow } from '../../../../src-main/workbench/contract.ts';
import type { ChartSeries, Mark } from '../../../charts/curves.ts';
import { pointsOf } from '../../../charts/points.ts';
import { seriesStyle } from '../../../charts/palette.ts';
import { stallMarks } from '../../../shared/runs/stallMarks.ts';

type Curve = StudyComparison['curve'];

export const curveTitles: Record<Curve, { title: string; unit: string }> = {
  'train/loss': { title: 'Training loss', unit: '' },
  'val/loss': { title: 'Validation loss', unit: '' },
  'val/top1Error': { title: 'Validation top-1 error', unit: '%' },
};

export interface GroupCurve {
  chart: ChartSeries;
  /** Where it stalls or diverges, on the training loss. */
  marks: Mark[];
  /** Whether some of it lies above the ceiling. */
  isCut: boolean;
}

/**
 * One curve for each run that has one: all seeds of a row in its style.
 *
 * @param ceiling at which greater values are drawn, so that a net that diverges does not press the others flat
 */
export function groupCurves(
  rows: readonly Pick<StudyComparisonRow, 'label' | 'runs' | 'outcomes'>[],
  curve: Curve,
  seriesOf: (run: string) => Series | undefined,
  { chanceLoss, ceiling = Infinity }: { chanceLoss: number; ceiling?: number },
): GroupCurve[] {
  return rows.flatMap(({ label, runs, outcomes }, index) =>
    runs.flatMap(({ key, runId }): GroupCurve[] => {
      const series = runId === null ? undefined : seriesOf(runId);
      if (runId === null || !series) return [];
      const seed = parseRunKey(key).seed;
      const chart = {
        id: runId,
        label: runs.length === 1 ? label : `${label} #${seed ?? ''}`,
        style: seriesStyle(index),
        points: {
          x: pointsOf(series, 'step').x,
          // What is no number stays none.
          y: series.values.map((value) => Math.min(value, ceiling)),
        },
      };
      const outcome = outcomes.find((one) => one.seed === seed);
      const marked = curve === 'train/loss' && outcome !== undefined;
      const marks = marked ? stallMarks(chart, series.steps, { ...outcome, chanceLoss }) : [];
      return [{ chart, marks, isCut: series.values.some((value) => value > ceiling) }];
    }),
  );
}
