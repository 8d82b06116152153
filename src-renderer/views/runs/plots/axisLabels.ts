import { pushedApart } from '../../../charts/labelPlaces.ts';
import type { PlotAxis } from './plotAxis.ts';

/** A value of an axis, and where in pixels it lies and its text has its middle. */
export interface AxisLabel {
  text: string;
  tick: number;
  middle: number;
}

/** The values of an axis, the text of none over another's; what has no room is left out. */
export function axisLabels(
  { ticks }: Pick<PlotAxis, 'ticks'>,
  topOf: (place: number) => number,
): AxisLabel[] {
  const half = 7;
  const middles = pushedApart(
    ticks.map(({ place }) => topOf(place)),
    { top: topOf(1) - half, bottom: topOf(0) + half },
  );
  return ticks.flatMap(({ place, text }, index) => {
    const middle = middles[index] ?? null;
    return middle === null ? [] : [{ text, tick: topOf(place), middle }];
  });
}
