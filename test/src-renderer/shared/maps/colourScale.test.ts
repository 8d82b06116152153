import { describe, expect, it } from 'vitest';
import {
  colourOfByte,
  colourTable,
  rangeOver,
  rangesOf,
  valueOf,
} from '../../../../src-renderer/shared/maps/colourScale.ts';

describe('a colour scale', () => {
  it('is viridis from its dark to its light end, by the published colours', () => {
    const table = colourTable('viridis');
    // R's viridis(5), which shares only its ends with the colours the table is made of.
    const published = [
      [0, 68, 1, 84],
      [64, 59, 82, 139],
      [128, 33, 144, 140],
      [191, 93, 200, 99],
      [255, 253, 231, 37],
    ] as const;
    for (const [index, ...colour] of published) {
      for (const [channel, value] of colour.entries()) {
        expect(Math.abs((table[4 * index + channel] ?? 0) - value)).toBeLessThanOrEqual(3);
      }
    }
  });

  it('gets lighter all the way', () => {
    for (const colours of ['viridis', 'grey'] as const) {
      const table = colourTable(colours);
      const luminances = Array.from({ length: 256 }, (_, index) => {
        const [red = 0, green = 0, blue = 0] = table.slice(4 * index, 4 * index + 3);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      });
      for (let index = 8; index < 256; index += 8) {
        expect(luminances[index]).toBeGreaterThan(luminances[index - 8] ?? Infinity);
      }
    }
  });

  it("takes a map's bytes to where their values lie in the layer's range", () => {
    const map = { least: 0, greatest: 2 };
    const entries = colourOfByte(map, { least: 0, greatest: 4 });
    expect(valueOf(255, map)).toBe(2);
    expect([entries[0], entries[255]]).toEqual([0, 128]);
    expect([...colourOfByte(map, map)]).toEqual(Array.from({ length: 256 }, (_, byte) => byte));
  });

  it('of maps without a number or with one value is no division by zero', () => {
    expect(rangeOver([{ least: NaN, greatest: NaN }])).toEqual({ least: 0, greatest: 0 });
    expect(new Set(colourOfByte({ least: 3, greatest: 3 }, { least: 3, greatest: 3 }))).toEqual(new Set([0]));
  });
});

describe('the ranges of a layer', () => {
  const maps = [
    { least: 0, greatest: 1, mean: 0, deviation: 0, zero: 0 },
    { least: -2, greatest: 0, mean: 0, deviation: 0, zero: 0 },
  ];
  const of = (side: number, over: 'map' | 'layer' | 'global') =>
    rangesOf({ height: side, width: side, maps }, over, { least: -9, greatest: 9 });

  it("are each map's own, the layer's or the net's", () => {
    expect(of(4, 'map').of(1)).toBe(maps[1]);
    expect(of(4, 'layer').of(1)).toEqual({ least: -2, greatest: 1 });
    expect(of(4, 'global').of(1)).toEqual({ least: -9, greatest: 9 });
  });

  it("are the layer's for single units, which have no range of their own", () => {
    expect(of(1, 'map')).toMatchObject({ own: false, common: { least: -2, greatest: 1 } });
  });
});
