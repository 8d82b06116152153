import { describe, expect, it } from 'vitest';
import { colourTable } from '../../../../src-renderer/shared/maps/colourScale.ts';
import { mapRows } from '../../../../src-renderer/views/maps/mapRows.ts';
import { paintMaps } from '../../../../src-renderer/shared/maps/paintMaps.ts';
import { tileFilters } from '../../../../src-renderer/views/maps/tileFilters.ts';

const statistics = { least: 0, greatest: 255, mean: 0, deviation: 0, zero: 0 };

describe('painted maps', () => {
  it('show each unit as a square of its colour, cells apart', () => {
    const values = Uint8Array.of(0, 85, 170, 255, 255, 255, 255, 255);
    const layout = { columns: 2, rows: 1, cell: 4, gap: 1, width: 9, height: 4 };
    const maps = [statistics, statistics];
    const pixels = paintMaps(
      { values, height: 2, width: 2, maps },
      layout,
      colourTable('grey'),
      () => statistics,
    );
    const red = Array.from({ length: 4 }, (_, row) =>
      Array.from({ length: 9 }, (_, column) => pixels[4 * (row * 9 + column)]),
    );
    expect(red).toEqual([
      [0, 0, 85, 85, 0, 255, 255, 255, 255],
      [0, 0, 85, 85, 0, 255, 255, 255, 255],
      [170, 170, 255, 255, 0, 255, 255, 255, 255],
      [170, 170, 255, 255, 0, 255, 255, 255, 255],
    ]);
    expect(pixels[4 * 4 + 3]).toBe(0);
  });

  it('stand back where they are silent, in their colour', () => {
    const layout = { columns: 2, rows: 1, cell: 1, gap: 0, width: 2, height: 1 };
    const maps = { values: Uint8Array.of(9, 9), height: 1, width: 1, maps: [statistics, statistics] };
    const silent = (index: number) => index === 1;
    const pixels = paintMaps(maps, layout, colourTable('grey'), () => statistics, silent);
    expect([...pixels]).toEqual([9, 9, 9, 255, 9, 9, 9, 56]);
  });

  it('show filters of three inputs in their own colours', () => {
    const tiles = tileFilters(
      {
        name: 'conv1_1',
        shape: [1, 1, 3, 2],
        shownInputs: 3,
        filters: [
          { ...statistics, norm: 1 },
          { ...statistics, norm: 1 },
        ],
      },
      Uint8Array.of(10, 20, 30, 40, 50, 60),
    );
    const layout = { columns: 2, rows: 1, cell: 1, gap: 0, width: 2, height: 1 };
    const pixels = paintMaps(tiles, layout, colourTable('grey'), () => statistics);
    expect([...pixels]).toEqual([10, 20, 30, 255, 40, 50, 60, 255]);
  });
});

describe('tiled filters', () => {
  it('lay the kernels of the inputs side by side in a square', () => {
    const tiles = tileFilters(
      { name: 'conv2_1', shape: [1, 2, 4, 1], shownInputs: 4, filters: [{ ...statistics, norm: 1 }] },
      Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    );
    expect(tiles).toMatchObject({ height: 2, width: 4, shape: [2, 4, 1] });
    expect([...tiles.values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const taller = tileFilters(
      { name: 'conv2_1', shape: [2, 1, 2, 1], shownInputs: 2, filters: [{ ...statistics, norm: 1 }] },
      Uint8Array.of(1, 2, 3, 4),
    );
    expect([...taller.values]).toEqual([1, 3, 2, 4, 0, 0, 0, 0]);
    expect([...(taller.used ?? [])]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
    // The cells of no input stay empty, and are not the least weight.
    const layout = { columns: 1, rows: 1, cell: 4, gap: 0, width: 4, height: 4 };
    const pixels = paintMaps(taller, layout, colourTable('grey'), () => statistics);
    const opacity = Array.from({ length: 16 }, (_, place) => pixels[4 * place + 3]);
    expect(opacity).toEqual([...Array<number>(8).fill(255), ...Array<number>(8).fill(0)]);
  });
});

describe('exported values', () => {
  it('are those the bytes stand for, a row of units a line', () => {
    const maps = [{ ...statistics, least: -1, greatest: 1 }];
    expect(mapRows({ values: Uint8Array.of(0, 255, 51, 204), height: 2, width: 2, maps })).toEqual([
      ['map', 'row', 'column 0', 'column 1'],
      ['0', '0', '-1', '1'],
      ['0', '1', '-0.6', '0.6'],
    ]);
  });
});
