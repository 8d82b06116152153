import { mix, hashed, type SceneDraws } from './SceneDraws.ts';

/** How strong a texture's second colour is at a pixel, 0–255. */
type Texture = (x: number, y: number) => number;

/** Two colours that are not far from each other, in a texture, with a little noise: `[side, side, 3]`. */
export function paintGround(draws: SceneDraws, side: number): Uint8Array {
  const first = draws.colour();
  const second = first.map((value) => within(value + draws.integer(-96, 96))) as [number, number, number];
  const texture = drawTexture(draws);
  const noise = draws.integer(0, 24);
  const seed = draws.bits();
  const pixels = new Uint8Array(side * side * 3);
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 3) {
      const share = texture(x, y);
      const grain = (((hashed(seed ^ (y * side + x)) & 0xff) - 128) * noise) >> 7;
      for (let channel = 0; channel < 3; channel++) {
        pixels[at + channel] = within(mix(first[channel] ?? 0, second[channel] ?? 0, share) + grain);
      }
    }
  }
  return pixels;
}

function drawTexture(draws: SceneDraws): Texture {
  switch (draws.integer(0, 3)) {
    case 0:
      return stripes(draws);
    case 1:
      return checks(draws);
    case 2:
      return clouds(draws, 5);
    default:
      return clouds(draws, 4);
  }
}

/** Soft stripes in any of many directions. */
function stripes(draws: SceneDraws): Texture {
  const across = draws.integer(-8, 8);
  const down = draws.integer(1, 8);
  const period = 8 * draws.integer(6, 24);
  return (x, y) => {
    const place = (((x * across + y * down) % period) + period) % period;
    const ramp = Math.floor((place * 512) / period);
    return ramp < 256 ? ramp : 511 - ramp;
  };
}

function checks(draws: SceneDraws): Texture {
  const size = draws.integer(5, 24);
  const shift = draws.integer(0, size - 1);
  return (x, y) => (((Math.floor((x + shift) / size) + Math.floor((y + shift) / size)) & 1) === 0 ? 0 : 255);
}

/** Value noise of two octaves; a cell of the coarser one is 2ⁿ pixels wide. */
function clouds(draws: SceneDraws, power: number): Texture {
  const coarse = valueNoise(draws.bits(), power);
  const fine = valueNoise(draws.bits(), power - 1);
  return (x, y) => ((2 * coarse(x, y) + fine(x, y)) / 3) | 0;
}

/** The most cells in a row: those of 8 pixels over a side of 128, and one to the right of each. */
const mostCells = 17;

/** Random values at the corners of cells, and between them in proportion. */
function valueNoise(seed: number, power: number): Texture {
  const cell = 1 << power;
  const corners = Uint8Array.from({ length: mostCells * mostCells }, (_, place) => hashed(seed ^ place));
  const corner = (column: number, row: number) => corners[row * mostCells + column] ?? 0;
  return (x, y) => {
    const column = x >> power;
    const row = y >> power;
    const right = x & (cell - 1);
    const below = y & (cell - 1);
    const upper = corner(column, row) * (cell - right) + corner(column + 1, row) * right;
    const lower = corner(column, row + 1) * (cell - right) + corner(column + 1, row + 1) * right;
    return (upper * (cell - below) + lower * below) >> (2 * power);
  };
}

function within(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
