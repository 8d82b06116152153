import { Draws } from '../foundation/random.ts';

/*
 * Images during gradient ascent: [side, side, 3] in grey levels around the mean colour.
 */

/** Standard deviation of the noise at the start, in grey levels. */
const startDeviation = 8;

/** Noise around the mean colour: the same for the same seed and unit. */
export function startImage(side: number, seed: number, unit: number): Float32Array {
  const draws = new Draws(seed, 'ascent', unit);
  return Float32Array.from({ length: side * side * 3 }, () => draws.normal(startDeviation));
}

/** By how many pixels down and to the right an image is moved before a step. */
export function jitterOf(
  seed: number,
  unit: number,
  step: number,
  most: number,
): [down: number, right: number] {
  const draws = new Draws(seed, 'ascent', unit, step);
  return [draws.integer(-most, most), draws.integer(-most, most)];
}

/** Moves an image; what leaves it at one border comes back at the other. */
export function shift(
  image: Float32Array,
  side: number,
  [down, right]: readonly [number, number],
): Float32Array {
  if (down === 0 && right === 0) return image;
  const moved = new Float32Array(image.length);
  for (let row = 0; row < side; row++) {
    const toRow = (row + down + side) % side;
    for (let column = 0; column < side; column++) {
      const to = (toRow * side + ((column + right + side) % side)) * 3;
      const from = (row * side + column) * 3;
      for (let channel = 0; channel < 3; channel++) moved[to + channel] = image[from + channel] ?? 0;
    }
  }
  return moved;
}

/** Averages each value with its neighbours, weighted 1, 2, 1 across and down; border values continue outwards. */
export function blur(image: Float32Array, side: number): Float32Array {
  return blurAlong(blurAlong(image, side, 3, side * 3), side, side * 3, 3);
}

/** @param along offset from a value to its neighbour, and `across` from one line of values to the next */
function blurAlong(image: Float32Array, side: number, along: number, across: number): Float32Array {
  const blurred = new Float32Array(image.length);
  for (let line = 0; line < side; line++) {
    for (let place = 0; place < side; place++) {
      const at = line * across + place * along;
      const before = place === 0 ? at : at - along;
      const after = place === side - 1 ? at : at + along;
      for (let channel = 0; channel < 3; channel++) {
        const sides = (image[before + channel] ?? 0) + (image[after + channel] ?? 0);
        blurred[at + channel] = (2 * (image[at + channel] ?? 0) + sides) / 4;
      }
    }
  }
  return blurred;
}
