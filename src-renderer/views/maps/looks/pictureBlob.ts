import type { Picture } from '../../../../src-main/workbench/contract.ts';

/** A picture as a file to be saved. */
export function pictureBlob(picture: Picture): Blob {
  const bytes = Uint8Array.from(atob(picture.slice(picture.indexOf(',') + 1)), (byte) => byte.charCodeAt(0));
  return new Blob([bytes], { type: 'image/png' });
}
