/** A batch of training images. */
export interface PixelBatch {
  /** [batch, crop, crop, 3], 0–255 */
  pixels: Uint8Array<ArrayBuffer>;
  /** [batch, 3], added to each pixel of an image: the colour shift minus the mean RGB */
  offsets: Float32Array<ArrayBuffer>;
  /** [batch] */
  labels: Int32Array<ArrayBuffer>;
}
