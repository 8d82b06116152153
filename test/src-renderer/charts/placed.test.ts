import { describe, expect, it } from 'vitest';
import { drawnCurves } from '../../../src-renderer/charts/drawnCurves.ts';
import { endLabels } from '../../../src-renderer/charts/endLabels.ts';
import { overlap } from '../../../src-renderer/charts/labelPlaces.ts';
import { placedLevels } from '../../../src-renderer/charts/levels.ts';
import { placedMarks } from '../../../src-renderer/charts/marks.ts';
import { seriesStyle } from '../../../src-renderer/charts/palette.ts';
import type { PlotFrame } from '../../../src-renderer/charts/plotFrame.ts';

/** 100 is at the top, 0 at the bottom; x is in pixels. */
const frame: PlotFrame = {
  left: 50,
  right: 350,
  top: 10,
  bottom: 210,
  xMax: 300,
  xOf: (value) => 50 + value,
  yOf: (value) => 210 - 2 * value,
  widthOf: (text) => 7 * text.length,
};

describe('levels', () => {
  it('have their labels above their lines, apart from one another', () => {
    const levels = placedLevels(frame, [
      { label: 'A 40 %', value: 40 },
      { label: 'B 41 %', value: 41 },
      { label: 'E 90 %', value: 90 },
    ]);
    expect(levels.map(({ label, lines }) => [label, lines])).toEqual([
      ['E 90 %', [30]],
      ['B 41 %', [128]],
      ['A 40 %', [130]],
    ]);
    expect(levels[0]?.box).toEqual({ left: 304, right: 346, top: 14, bottom: 28 });
    const [, b, a] = levels.map(({ box }) => box);
    expect(b && a && overlap(b, a)).toBe(false);
  });

  it('that are too near for a label each are told together, if they can be', () => {
    const together = (values: readonly number[]) => `${values.length} from ${Math.min(...values)}`;
    const levels = placedLevels(
      frame,
      [40, 90, 45, 50, 120, 130].map((value) => ({ label: String(value), value, together })),
    );
    expect(levels.map(({ label, lines }) => [label, lines])).toEqual([
      ['2 from 120', []],
      ['90', [30]],
      ['3 from 40', [110, 120, 130]],
    ]);
  });

  it('beyond the axis are arrows at its edges with their labels', () => {
    const [above, below] = placedLevels(frame, [
      { label: 'low', value: -5 },
      { label: 'high', value: 130 },
    ]);
    expect(above).toMatchObject({ label: 'high', lines: [], box: { top: 10, bottom: 24 } });
    expect(below).toMatchObject({ label: 'low', lines: [], box: { top: 196, bottom: 210 } });
    const tip = (corners: typeof above) => corners?.arrow?.[2]?.[1] ?? NaN;
    const foot = (corners: typeof above) => corners?.arrow?.[0]?.[1] ?? NaN;
    expect(tip(above)).toBeLessThan(foot(above));
    expect(tip(below)).toBeGreaterThan(foot(below));
  });
});

it('writes what a mark is where nothing else stands', () => {
  const mark = { x: 200, y: 50, label: 'best', colour: '#0077bb' };
  const [free] = placedMarks(frame, [mark], []);
  expect(free?.box).toMatchObject({ right: 241, top: 93 });
  const taken = free ? [free.box] : [];
  const [moved] = placedMarks(frame, [mark], taken);
  expect(moved && taken.some((box) => overlap(box, moved.box))).toBe(false);
  expect(placedMarks(frame, [{ ...mark, y: 130 }], [])).toEqual([]);
});

it('names curves beside their ends in their order, cut where they are too long', () => {
  const series = [10, 9, 11].map((value, index) => ({
    id: String(index),
    label: index === 0 ? 'a run with quite a long name' : `run ${index}`,
    style: seriesStyle(index),
    points: { x: [0, 300], y: [50, value] },
  }));
  const labels = endLabels(frame, drawnCurves(series, { smoothing: 0, logX: false, logY: false }));
  expect(labels.map(({ middle }) => middle)).toEqual([190, 204, 176]);
  expect(labels.map(({ text }) => text)).toEqual(['a run with quite…', 'run 1', 'run 2']);
  expect(labels.map(({ isCut }) => isCut)).toEqual([true, false, false]);
});
