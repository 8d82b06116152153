import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { openFashionMnist } from '../../../src-main/data/fashionMnist.ts';
import { renderScene, sceneSide } from '../../../src-main/data/scenes/renderScene.ts';

async function garments(split: 'train' | 'val', count: number): Promise<Uint8Array[]> {
  const dataset = await openFashionMnist();
  return dataset[split].slice(0, count).map(({ source }) => {
    if (source.kind !== 'pixels') throw new Error('Fashion-MNIST has pixels.');
    return source.data;
  });
}

// Of test/reference/scenes.py, which renders them with Python's unbounded integers.
it.each([
  ['train', 0, 20, 'c066c5bdb2c33723a57c3b179824354b62d15264b83447babaf074eb26cbeb8e'],
  ['val', 1_000_000, 10, 'd1aa3f717f13ab159e42902b668e05697210cda1c66e3ec6d713bad3c828f360'],
] as const)(
  'renders the first scenes of %s as Python does, byte for byte',
  async (split, first, count, sha) => {
    const hash = createHash('sha256');
    for (const [index, grey] of (await garments(split, count)).entries())
      hash.update(renderScene(grey, first + index));
    expect(hash.digest('hex')).toBe(sha);
  },
);

it('makes garments of 0.3 to 1 of the side, and at many places', () => {
  const white = new Uint8Array(28 * 28).fill(255);
  const black = new Uint8Array(28 * 28);
  const places = Array.from({ length: 80 }, (_, seed) => {
    // The same seed has the same ground, so what differs in any row is all that the garment covers.
    const [bare, clothed] = [renderScene(black, seed), renderScene(white, seed)];
    const covered = new Set<number>();
    for (let at = 0; at < bare.length; at++)
      if (bare[at] !== clothed[at]) covered.add(Math.floor(at / 3) % sceneSide);
    return { left: Math.min(...covered), width: covered.size };
  });
  const widths = places.map(({ width }) => width);
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(0.3 * sceneSide);
  expect(Math.min(...widths)).toBeLessThan(0.35 * sceneSide);
  expect(Math.max(...widths)).toBeGreaterThan(0.97 * sceneSide);
  expect(Math.max(...widths)).toBeLessThanOrEqual(sceneSide);
  expect(Math.max(...places.map(({ left }) => left))).toBeGreaterThan(0.4 * sceneSide);
});
