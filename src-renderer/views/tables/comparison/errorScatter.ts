import { shortCountText } from '../../../../src-main/vocabulary/counts.ts';
import type { StudyComparison } from '../../../../src-main/workbench/contract.ts';
import { seriesStyle } from '../../../charts/palette.ts';
import { scatterSize, type ScatterPicture } from '../../../charts/print/scatterSvg.ts';
import { rowsOnce } from './groupRows.ts';
import { placeScatter, type ScatterPoint } from './scatter.ts';

export type Against = NonNullable<StudyComparison['against']>;

export const againstTitles = {
  parameters: 'parameters',
  depth: 'layers',
  macs: 'multiply-accumulates',
} as const satisfies Record<Against, string>;

/** The rows that were scored, error over what they are compared against. */
export function scoredPoints(table: Pick<StudyComparison, 'groups'>, against: Against): ScatterPoint[] {
  return rowsOnce(table).flatMap(({ label, cells }) => {
    const [over, error] = [cells[against], cells.top1];
    if (over?.mean == null || error?.mean == null) return [];
    return [{ label, x: over.mean, y: error.mean, deviation: error.deviation }];
  });
}

/** The plot as it is printed. */
export function errorScatter(
  table: Pick<StudyComparison, 'groups' | 'title' | 'context'>,
  against: Against,
): ScatterPicture {
  const placed = placeScatter(scoredPoints(table, against), scatterSize.width, scatterSize.height);
  const { preset, dataset, crop, width } = table.context;
  const hasBars = placed.points.some(({ deviation }) => deviation !== null);
  return {
    title: `${table.title}: top-1 error over ${againstTitles[against]}`,
    xTitle: `${againstTitles[against]}, log scale`,
    yTitle: 'Top-1 error, %',
    xTicks: placed.xTicks.map(({ value, place }) => ({ at: place, label: shortCountText(value) })),
    yTicks: placed.yTicks.map(({ value, place }) => ({ at: place, label: String(value) })),
    points: placed.points.map(({ left, top, barTop, barBottom, label, labelTop, labelLeft }, index) => ({
      at: [left, top],
      colour: seriesStyle(index).colour,
      bar: [barTop, barBottom],
      label: { text: label, top: labelTop, isLeft: labelLeft },
    })),
    legend: [],
    caption: `Preset ${preset}, dataset ${dataset}, crop ${crop}, width ${width}.${hasBars ? ' Bars are the standard deviation over seeds.' : ''}`,
  };
}
