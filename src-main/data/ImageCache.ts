import type { RasterImage } from './RgbImage.ts';

/**
 * Images kept in memory within a budget of bytes. Once it is full nothing is added and nothing removed: every image is
 * requested once an epoch in random order, so no image is worth more than another.
 */
export class ImageCache {
  readonly #images = new Map<string, RasterImage>();
  #free: number;

  constructor(bytes: number) {
    this.#free = bytes;
  }

  /** The image of that key. If it is not kept yet it is made, and kept while there is room. */
  async get(key: string, make: () => Promise<RasterImage>): Promise<RasterImage> {
    const kept = this.#images.get(key);
    if (kept !== undefined) return kept;
    const image = await make();
    if (image.data.byteLength <= this.#free) {
      this.#images.set(key, image);
      this.#free -= image.data.byteLength;
    }
    return image;
  }
}
