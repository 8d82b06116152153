/** Of Fashion-MNIST's images, in pixels. */
export const garmentSide = 28;

/** A pixel of the black around a garment is hardly ever lighter. */
const darkest = 12;

/** Bits of the fraction of a pixel in places between pixels. */
const fraction = 8;

/**
 * Where the garment is, 255, and where the black around it, 0: what is as dark as that and joined to the border. Dark
 * parts of the garment, which the border does not reach, are of the garment.
 */
export function outlineOf(grey: Uint8Array): Uint8Array {
  const inside = new Uint8Array(garmentSide * garmentSide).fill(255);
  const waiting = borderPixels();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (inside[at] === 0 || (grey[at] ?? 0) > darkest) continue;
    inside[at] = 0;
    const column = at % garmentSide;
    if (column > 0) waiting.push(at - 1);
    if (column < garmentSide - 1) waiting.push(at + 1);
    if (at >= garmentSide) waiting.push(at - garmentSide);
    if (at < garmentSide * (garmentSide - 1)) waiting.push(at + garmentSide);
  }
  return inside;
}

function borderPixels(): number[] {
  const last = garmentSide - 1;
  return Array.from({ length: garmentSide }, (_, place) => [
    place,
    last * garmentSide + place,
    place * garmentSide,
    place * garmentSide + last,
  ]).flat();
}

/** An image of 28×28 enlarged to `side`×`side`, bilinear between the centres of its pixels. */
export function enlarge(values: Uint8Array, side: number): Uint8Array {
  const places = Array.from({ length: side }, (_, to) => placeOf(to, side));
  const enlarged = new Uint8Array(side * side);
  let at = 0;
  for (const [upper, lower, down] of places) {
    for (const [left, right, across] of places) {
      const above = between(values[upper * garmentSide + left], values[upper * garmentSide + right], across);
      const below = between(values[lower * garmentSide + left], values[lower * garmentSide + right], across);
      enlarged[at++] = (above * ((1 << fraction) - down) + below * down) >> (2 * fraction);
    }
  }
  return enlarged;
}

/** The pixels before and after a place, and its part of the way from one to the other. */
function placeOf(to: number, side: number): [before: number, after: number, part: number] {
  const place = Math.floor((((2 * to + 1) * garmentSide) << fraction) / (2 * side)) - (1 << (fraction - 1));
  const kept = Math.min(Math.max(place, 0), (garmentSide - 1) << fraction);
  const before = kept >> fraction;
  return [before, Math.min(before + 1, garmentSide - 1), kept & ((1 << fraction) - 1)];
}

function between(from = 0, to = 0, part: number): number {
  return from * ((1 << fraction) - part) + to * part;
}
