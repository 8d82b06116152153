/** Turns a whole number into 32 bits that look random (the mixing of splitmix32, with lowbias32's constants). */
export function hashed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/**
 * The random numbers of one scene, by whole numbers alone: they are the same on every machine and in every version of
 * the libraries, since the images made of them have a fingerprint.
 */
export class SceneDraws {
  #state: number;

  constructor(seed: number) {
    this.#state = hashed(seed);
  }

  /** 32 bits. */
  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return hashed(this.#state);
  }

  /** A whole number in [least, most], both included; products stay below 2⁵³, so that they are exact. */
  integer(least: number, most: number): number {
    return least + Math.floor((this.bits() * (most - least + 1)) / 2 ** 32);
  }

  /** 0–255 for red, green and blue. */
  colour(): Colour {
    return [this.integer(0, 255), this.integer(0, 255), this.integer(0, 255)];
  }

  /** A colour of any hue, more or less strong. */
  strongColour(): Colour {
    const place = this.integer(0, 1535);
    const ramp = place % 256;
    const pure = ([
      [255, ramp, 0],
      [255 - ramp, 255, 0],
      [0, 255, ramp],
      [0, 255 - ramp, 255],
      [ramp, 0, 255],
      [255, 0, 255 - ramp],
    ][place >> 8] ?? [255, 255, 255]) as [number, number, number];
    const white = this.integer(0, 160);
    return [mix(pure[0], 255, white), mix(pure[1], 255, white), mix(pure[2], 255, white)];
  }
}

export type Colour = readonly [red: number, green: number, blue: number];

/** From one value to another; `share` is of 256. */
export function mix(from: number, to: number, share: number): number {
  return (from * (256 - share) + to * share) >> 8;
}
