import { enlarge, outlineOf } from './garment.ts';
import { paintGround } from './ground.ts';
import { mix, SceneDraws } from './SceneDraws.ts';

/** Of a scene, in pixels. */
export const sceneSide = 128;

/** A garment is 0.3 to 1 of the scene's side wide. */
const smallest = Math.ceil(0.3 * sceneSide);

/**
 * A garment in one colour, of a random size, at a random place on a textured ground: `[128, 128, 3]`. Whole numbers
 * alone make it, so it is the same on every machine.
 *
 * @param grey `[28, 28]`, black around the garment
 */
export function renderScene(grey: Uint8Array, seed: number): Uint8Array {
  const draws = new SceneDraws(seed);
  const size = draws.integer(smallest, sceneSide);
  const left = draws.integer(0, sceneSide - size);
  const top = draws.integer(0, sceneSide - size);
  const colour = draws.strongColour();
  const pixels = paintGround(draws, sceneSide);
  const light = enlarge(grey, size);
  const outline = enlarge(outlineOf(grey), size);
  for (let from = 0; from < size * size; from++) {
    const cover = outline[from] ?? 0;
    if (cover === 0) continue;
    const at = 3 * ((top + Math.floor(from / size)) * sceneSide + left + (from % size));
    // The darkest cloth keeps a quarter of its colour.
    const shade = 64 + (((light[from] ?? 0) * 191) >> 8);
    for (let channel = 0; channel < 3; channel++) {
      const cloth = ((colour[channel] ?? 0) * shade) >> 8;
      pixels[at + channel] = mix(pixels[at + channel] ?? 0, cloth, cover + (cover >> 7));
    }
  }
  return pixels;
}
