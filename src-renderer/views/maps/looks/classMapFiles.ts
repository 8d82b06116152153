import type { ClassMap, Picture } from '../../../../src-main/workbench/contract.ts';
import { tableText } from '../../../../src-main/vocabulary/tableText.ts';

/** The values of a map as they were computed, a row of it a line. */
export function classMapCsv({
  height,
  width,
  values,
}: Pick<ClassMap, 'height' | 'width' | 'values'>): string {
  const rows = Array.from({ length: height }, (_, row) =>
    values.slice(row * width, (row + 1) * width).map(String),
  );
  return tableText(rows, 'csv');
}

/** A picture as a file to be saved. */
export function pictureBlob(picture: Picture): Blob {
  const bytes = Uint8Array.from(atob(picture.slice(picture.indexOf(',') + 1)), (byte) => byte.charCodeAt(0));
  return new Blob([bytes], { type: 'image/png' });
}
