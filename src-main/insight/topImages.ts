import type { Tensor } from '../engine/tensorflow.ts';

/** Where in an image a channel was most active. */
export interface Excitation {
  /** Index of the image among those examined. */
  image: number;
  value: number;
  row: number;
  column: number;
}

/** Number of images kept for each channel. */
export const maxExcitations = 25;

/**
 * The images that excite each channel of a layer most: each image once, at the position of its greatest value. One pass
 * observes all channels, which is as fast as observing one.
 */
export class TopImages {
  #top: Excitation[][] = [];

  /**
   * @param output the layer's output, [images, height, width, channels] or [images, channels], owned by the caller
   * @param places the indices of the images
   */
  see(output: Tensor, places: readonly number[]): void {
    const channels = output.shape.at(-1) ?? 1;
    const width = output.shape.length === 4 ? output.shape[2] : 1;
    const { values, positions } = greatestOf(output, channels);
    if (this.#top.length === 0) this.#top = Array.from({ length: channels }, () => []);
    for (const [index, image] of places.entries()) {
      for (const [channel, top] of this.#top.entries()) {
        const value = values[index * channels + channel] ?? NaN;
        // A unit that is 0 everywhere was not active.
        if (value === 0 || Number.isNaN(value)) continue;
        const position = positions[index * channels + channel] ?? NaN;
        keep(top, { image, value, row: Math.floor(position / width), column: position % width });
      }
    }
  }

  /** For each channel, the greatest first; equal ones in the order of the images. */
  get(): readonly (readonly Excitation[])[] {
    return this.#top;
  }
}

/** The greatest value of each image and channel, and its position: both [images, channels]. */
function greatestOf(output: Tensor, channels: number): { values: Float32Array; positions: Int32Array } {
  using cells = output.reshape([output.shape[0], -1, channels]);
  using greatest = cells.max(1);
  using where = cells.argMax(1);
  return { values: greatest.dataSync<'float32'>(), positions: where.dataSync<'int32'>() };
}

function keep(top: Excitation[], found: Excitation): void {
  if (found.value <= (top[maxExcitations - 1]?.value ?? -Infinity)) return;
  const place = top.findIndex(({ value }) => found.value > value);
  top.splice(place < 0 ? top.length : place, 0, found);
  top.length = Math.min(top.length, maxExcitations);
}
