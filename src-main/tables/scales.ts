import { WorkbenchError } from '../foundation/errors.ts';
import type { TrainScale } from '../vocabulary/scales.ts';
import type { TableRow } from '../vocabulary/paperTables.ts';

const paperCrop = 224;

/**
 * Converts a side that the paper gives for its crop of 224 to another crop, keeping the ratio.
 *
 * @throws WorkbenchError `scale-not-whole` if the result is not a whole number of pixels
 */
export function scaleToCrop(side: number, crop: number): number {
  const scaled = (side * crop) / paperCrop;
  if (!Number.isInteger(scaled)) {
    throw new WorkbenchError(
      'scale-not-whole',
      `The paper's scale ${side} at crop ${paperCrop} would be ${scaled.toFixed(2)} pixels at crop ${crop}.`,
      'Take a crop at which the scales stay whole numbers: 56, 112 or 224.',
    );
  }
  return scaled;
}

/** S and Q of a row of the paper at another crop; undefined where they would not be whole numbers of pixels. */
export function wholeRowScales(
  row: Pick<TableRow, 'trainScale' | 'testScales'>,
  crop: number,
): ReturnType<typeof rowScales> | undefined {
  const sides = [row.trainScale, row.testScales].flat();
  return sides.every((side) => Number.isInteger((side * crop) / paperCrop))
    ? rowScales(row, crop)
    : undefined;
}

/** S and Q of a row of the paper at another crop. @throws WorkbenchError `scale-not-whole` */
export function rowScales(
  row: Pick<TableRow, 'trainScale' | 'testScales'>,
  crop: number,
): { trainScale: TrainScale; testScales: number[] } {
  const { trainScale, testScales } = row;
  return {
    trainScale:
      typeof trainScale === 'number'
        ? scaleToCrop(trainScale, crop)
        : [scaleToCrop(trainScale[0], crop), scaleToCrop(trainScale[1], crop)],
    testScales: testScales.map((scale) => scaleToCrop(scale, crop)),
  };
}
