import { WorkbenchError } from '../foundation/errors.ts';
import type { TrainScale } from '../vocabulary/scales.ts';
import type { TableRow } from '../vocabulary/paperTables.ts';

const paperCrop = 224;

/**
 * A side the paper gives for its crop of 224, at another crop: the ratio is kept.
 *
 * @throws WorkbenchError `scale-not-whole` if that is no whole number of pixels
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

/** S and Q of a row of the paper at another crop; undefined where they would be no whole numbers of pixels. */
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
