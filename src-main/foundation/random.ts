import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The uses of random numbers in a run. Each has its own stream, so that changing one leaves the others unchanged. */
export type StreamName =
  | 'initialisation'
  | 'shuffling'
  | 'scale'
  | 'crop'
  | 'flip'
  | 'colour'
  | 'dropout'
  /** Not part of a run: the images that gradient ascent starts from. */
  | 'ascent';

/**
 * The random numbers of one seed, one stream and one position (an epoch, an image, a step).
 *
 * They depend on nothing else: not on what was drawn before, nor on which thread draws. So the state of every
 * stream is the seed and the position of the run, and a resumed run draws the numbers that an uninterrupted one would.
 */
export class Draws {
  readonly #generator;

  constructor(seed: number, stream: StreamName, ...position: readonly number[]) {
    this.#generator = xoroshiro128plus(keyOf(seed, stream, position));
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  /** A whole number in [least, most], both included. */
  integer(least: number, most: number): number {
    return uniformInt(this.#generator, least, most);
  }

  /** Normal with mean 0 and the given deviation (Box and Muller). */
  normal(deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return deviation * radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** The numbers 0 … count−1 in random order (Fisher and Yates). */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const chosen = this.integer(0, last);
      const kept = order[last] ?? 0;
      order[last] = order[chosen] ?? 0;
      order[chosen] = kept;
    }
    return order;
  }
}

/** A pair of 32-bit keys for TensorFlow's stateless random ops, from the same seed, stream and position. */
export function statelessSeed(
  seed: number,
  stream: StreamName,
  ...position: readonly number[]
): [number, number] {
  return [keyOf(seed, stream, position), keyOf(seed ^ 0x5bd1e995, stream, position)];
}

function keyOf(seed: number, stream: StreamName, position: readonly number[]): number {
  let key = mix(0x9e3779b9, seed);
  for (const character of stream) key = mix(key, character.charCodeAt(0));
  for (const coordinate of position) key = mix(key, coordinate);
  return key | 0;
}

/** One round of MurmurHash3 with its finaliser: neighbouring positions give unrelated keys. */
function mix(key: number, value: number): number {
  let block = Math.imul(value, 0xcc9e2d51);
  block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
  let mixed = key ^ block;
  mixed = Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64;
  mixed ^= mixed >>> 16;
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
