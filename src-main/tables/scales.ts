import { WorkbenchError } from '../foundation/errors.ts';
import type { TrainScale } from '../vocabulary/scales.ts';
import type { TableRow } from '../vocabulary/paperTables.ts';

const paperCrop = 224;

/** The net's stride: at its multiples the score map of a larger image is a grid of whole windows. */
const stride = 32;

/**
 * Converts a side that the paper gives for its crop of 224 to another crop, keeping the ratio: exactly, or at a crop that
 * is a multiple of 32 to the nearest whole pixel.
 *
 * @throws WorkbenchError `scale-not-whole` at other crops if the result is not a whole number of pixels
 */
export function scaleToCrop(side: number, crop: number): number {
  const scaled = (side * crop) / paperCrop;
  if (!isPossible(side, crop)) {
    throw new WorkbenchError(
      'scale-not-whole',
      `The paper's scale ${side} at crop ${paperCrop} would be ${scaled.toFixed(2)} pixels at crop ${crop}.`,
      'Take a crop at which the scales stay whole numbers, 56, 112 or 224, or a multiple of 32, at which they are rounded.',
    );
  }
  return Math.round(scaled);
}

/** Whether S and Q are rounded at a crop: all of the paper's are multiples of the stride. */
export function roundsScales(crop: number): boolean {
  return isPossible(stride, crop) && !isWhole(stride, crop);
}

function isWhole(side: number, crop: number): boolean {
  return Number.isInteger((side * crop) / paperCrop);
}

function isPossible(side: number, crop: number): boolean {
  return isWhole(side, crop) || crop % stride === 0;
}

/** S and Q of a row of the paper at another crop; undefined where they would be neither whole nor rounded. */
export function wholeRowScales(
  row: Pick<TableRow, 'trainScale' | 'testScales'>,
  crop: number,
): ReturnType<typeof rowScales> | undefined {
  const sides = [row.trainScale, row.testScales].flat();
  return sides.every((side) => isPossible(side, crop)) ? rowScales(row, crop) : undefined;
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
