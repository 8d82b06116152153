import { tableText } from '../../../format/tableText.ts';

/** The values of a map as they were computed, a row of it a line. */
export function classMapCsv(
  { height, width }: { height: number; width: number },
  values: ArrayBuffer,
): string {
  const floats = new Float32Array(values);
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from(floats.subarray(row * width, (row + 1) * width), String),
  );
  return tableText(rows, 'csv');
}
