import type { ConfusionMatrix } from '../../../../src-main/workbench/contract.ts';
import type { CellGrid, GridCell } from '../../../ui/gridCells.ts';

/** More classes than these are drawn as points of a picture rather than written as numbers. */
export const maxClassesWritten = 20;

export interface Cell {
  label: number;
  prediction: number;
}

/** Images of each label. */
export function rowTotals({ counts }: Pick<ConfusionMatrix, 'counts'>): number[] {
  return counts.map((row) => row.reduce((sum, count) => sum + count, 0));
}

/** Share of a label's images that were taken for a class, 0–1; 0 where a label has no images. */
export function shareOf(count: number, total: number): number {
  return total === 0 ? 0 : count / total;
}

/** From this share on a cell is dark enough for its number to be written in the opposite colour. */
export const half = 0.5;

/**
 * How much of the dark end a cell's colour has, in %. Between 46 and 80 is none: there neither dark nor light numbers would
 * have enough contrast, in either theme.
 */
export function shadeOf(share: number): number {
  return share < half ? 46 * (share / half) ** 0.7 : 80 + (20 * (share - half)) / (1 - half);
}

/** `7`, or as share `12 %`; shares that would read as 0 although there are images read `<1 %`. */
export function cellText(count: number, total: number, as: 'count' | 'share'): string {
  if (as === 'count' || count === 0) return String(count);
  const share = 100 * shareOf(count, total);
  return share < 1 ? '<1 %' : `${share.toFixed(0)} %`;
}

/** The pairs of different classes that are mixed up most, the most first. */
export function greatestConfusions({ counts }: Pick<ConfusionMatrix, 'counts'>, most: number): Cell[] {
  const cells = counts.flatMap((row, label) =>
    row.flatMap((count, prediction) =>
      count > 0 && prediction !== label ? [{ label, prediction, count }] : [],
    ),
  );
  cells.sort((one, other) => other.count - one.count);
  return cells.slice(0, most).map(({ label, prediction }) => ({ label, prediction }));
}

/** The matrix as a grid: rows are labels, columns predictions. */
export function gridOf({ classes }: Pick<ConfusionMatrix, 'classes'>): CellGrid {
  return { rows: classes.length, columns: classes.length };
}

export function cellOf({ row, column }: GridCell): Cell {
  return { label: row, prediction: column };
}

export function gridCellOf({ label, prediction }: Cell): GridCell {
  return { row: label, column: prediction };
}
