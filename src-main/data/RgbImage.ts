/** Pixels `[height, width, 3]`: 8-bit sRGB, red first. */
export interface RgbImage {
  data: Uint8Array;
  width: number;
  height: number;
}
