import { expect, it } from 'vitest';
import { drawnCurves } from '../../../src-renderer/charts/drawnCurves.ts';
import { emphasised, seriesNear } from '../../../src-renderer/charts/emphasis.ts';

const series = (id: string, level: number, members?: string[]) => ({
  id,
  label: id,
  style: { colour: '#000000', dash: [] },
  points: { x: [0, 1, 2], y: [level, level, NaN] },
  ...(members ? { members } : {}),
});
const drawn = drawnCurves([series('a', 1), series('b', 2), series('c', 3, ['d', 'e'])], {
  smoothing: 0.5,
  logX: false,
  logY: false,
});
const drawnWith = (id: string | null) =>
  emphasised(drawn, id).map((curve) => [curve.id, curve.faint, curve.emphasis]);

it('one series stands out above the others, with its raw values; a mean stands for its members', () => {
  expect(drawnWith('a').slice(-2)).toEqual([
    ['a', true, 'strong'],
    ['a', false, 'strong'],
  ]);
  expect(
    drawnWith('a')
      .slice(0, -2)
      .every(([, , emphasis]) => emphasis === 'dimmed'),
  ).toBe(true);
  expect(drawnWith('e').at(-1)).toEqual(['c', false, 'strong']);
  expect(emphasised(drawn, null)).toBe(drawn);
  expect(emphasised(drawn, 'of another chart')).toBe(drawn);
});

it('the series of the nearest curve within reach is pointed at', () => {
  const pixelOf = (value: number) => 100 - 10 * value;
  const at = (pixel: number, x = 0.9) => seriesNear(drawn, { x, pixel }, pixelOf, 6);
  expect([at(90), at(84), at(81), at(70)]).toEqual(['a', 'b', 'b', 'c']);
  expect(at(40)).toBeNull();
  // There no curve has a value.
  expect(at(90, 2)).toBeNull();
});
