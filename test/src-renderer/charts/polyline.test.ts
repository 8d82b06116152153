import { expect, it } from 'vitest';
import { polyline, type PixelAxis } from '../../../src-renderer/charts/polyline.ts';

const pixels: PixelAxis = { offset: 0, perUnit: 1, logarithmic: false };
const plot = { left: 0, right: 100 };

function curve(points: readonly (readonly [x: number, y: number])[]) {
  return { x: Float64Array.from(points, ([x]) => x), y: Float64Array.from(points, ([, y]) => y) };
}

function pointsOf({ x, y }: { x: Float64Array; y: Float64Array }): (readonly [number, number])[] {
  return Array.from(x, (at, index) => [at, y[index] ?? NaN] as const);
}

it('keeps every point where none shares a column of pixels', () => {
  const points = [
    [1, 5],
    [4, 9],
    [4.5, NaN],
    [8, 2],
    [60, 2],
  ] as const;
  expect(pointsOf(polyline(curve(points), pixels, pixels, plot))).toEqual(points);
});

it('keeps the lowest and the highest of each column, in their order', () => {
  const points = [
    [1, 5],
    [1.2, 90],
    [1.4, 6],
    [1.6, -3],
    [1.8, 7],
    [2.1, -8],
    [2.2, 0],
    [2.3, 40],
  ] as const;
  expect(pointsOf(polyline(curve(points), pixels, pixels, plot))).toEqual([
    [1.2, 90],
    [1.6, -3],
    [2.1, -8],
    [2.3, 40],
  ]);
});

it('keeps both ends of what shares one place', () => {
  const points = [
    [5, 3],
    [5, 80],
    [5, -2],
    [5, 4],
  ] as const;
  expect(pointsOf(polyline(curve(points), pixels, pixels, plot))).toEqual([
    [5, 80],
    [5, -2],
  ]);
});

it('loses no spike of a long curve and draws at most two points for a column', () => {
  const count = 100_000;
  const x = Float64Array.from({ length: count }, (_, i) => i);
  const y = Float64Array.from({ length: count }, (_, i) => Math.sin(i));
  y[31_234] = 500;
  y[77_777] = -500;
  const toX: PixelAxis = { offset: 50, perUnit: 800 / count, logarithmic: false };
  const line = polyline({ x, y }, toX, pixels, { left: 50, right: 850 });
  expect(line.x.length).toBeLessThanOrEqual(1600);
  expect(line.y).toContain(500);
  expect(line.y).toContain(-500);
  expect(line.x.every((at, index) => index === 0 || at >= (line.x[index - 1] ?? NaN))).toBe(true);
});

it('takes one point on each side of the plot along', () => {
  const points = [
    [-20, 1],
    [-10, 2],
    [50, 3],
    [110, 4],
    [120, 5],
  ] as const;
  expect(pointsOf(polyline(curve(points), pixels, pixels, plot))).toEqual(points.slice(1, 4));
});

it('places values on logarithmic axes', () => {
  const decades: PixelAxis = { offset: 10, perUnit: 30, logarithmic: true };
  const falling: PixelAxis = { offset: 200, perUnit: -50, logarithmic: true };
  const line = polyline(
    curve([
      [1, 10],
      [10, 100],
      [100, 0.1],
    ]),
    decades,
    falling,
    plot,
  );
  expect(pointsOf(line)).toEqual([
    [10, 150],
    [40, 100],
    [70, 250],
  ]);
});

it('tells how steep a curve is', () => {
  expect(
    polyline(
      curve([
        [0, 0],
        [10, 30],
        [20, 0],
      ]),
      pixels,
      pixels,
      plot,
    ).steepness,
  ).toBe(3);
  expect(polyline(curve([]), pixels, pixels, plot).steepness).toBe(0);
});
