import { describe, expect, it } from 'vitest';
import { freeBox, pushedApart, textHeight } from '../../../src-renderer/charts/labelPlaces.ts';

const column = { top: 0, bottom: 200 };

describe('texts in a column', () => {
  it('stay where they are wanted if nothing is in their way', () => {
    expect(pushedApart([100, 20, 150], column)).toEqual([100, 20, 150]);
  });

  it('are pushed apart about their middle, in their order', () => {
    // Three wanted at about 100: least squares leaves their mean where it was.
    expect(pushedApart([101, 99, 100], column)).toEqual([114, 86, 100]);
  });

  it('stay in the column', () => {
    expect(pushedApart([0, 0], column)).toEqual([7, 21]);
    expect(pushedApart([199, 200, 300], column)).toEqual([165, 179, 193]);
  });

  it('never lie over one another, wherever they are wanted; what has no room is left out', () => {
    // A sequence of a linear congruential generator: without chance the test is the same each time.
    let state = 7;
    const next = () => (state = (1103515245 * state + 12345) % 2147483648) / 2147483648;
    for (let round = 0; round < 50; round++) {
      const wanted = Array.from({ length: 1 + Math.floor(20 * next()) }, () => 240 * next() - 20);
      const places = pushedApart(wanted, column);
      const shown = places.filter((place) => place !== null).sort((one, other) => one - other);
      expect(shown).toHaveLength(Math.min(wanted.length, 14));
      for (const [index, place] of shown.entries()) {
        expect(place).toBeGreaterThanOrEqual(textHeight / 2 - 1e-9);
        expect(place).toBeLessThanOrEqual(200 - textHeight / 2 + 1e-9);
        if (index > 0) expect(place - (shown[index - 1] ?? 0)).toBeGreaterThanOrEqual(textHeight - 1e-9);
      }
    }
  });
});

it('takes the first box that lies over nothing', () => {
  const at = (left: number) => ({ left, right: left + 10, top: 0, bottom: 10 });
  expect(freeBox([at(0), at(5), at(10)], [at(-3)])).toEqual(at(10));
  expect(freeBox([at(0)], [at(9)])).toBeNull();
});
