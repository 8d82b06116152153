import type { DrawnCurve } from './drawnCurves.ts';
import { firstFrom } from './drawnCurves.ts';
import { pushedApart } from './labelPlaces.ts';
import type { PlotFrame } from './plotFrame.ts';
import { shortNames } from './shortNames.ts';

/** Between a curve's end and its label, and the widest that labels may be, in pixels. */
const gap = 6;
const widest = 120;
/** More would be longer than the chart is high. */
const mostLabelled = 8;

/** What stands beside the end of a curve. */
export interface EndLabel {
  text: string;
  /** Whether it is not the whole name. */
  isCut: boolean;
  colour: string;
  dimmed: boolean;
  /** Where it begins, and its middle, in pixels. */
  x: number;
  middle: number;
}

/** What is labelled at its end, and how: every curve, where there are several but not too many. */
function labelled(curves: readonly DrawnCurve[]): readonly { curve: DrawnCurve; name: string }[] {
  const whole = curves.filter(({ faint }) => !faint);
  if (whole.length < 2 || whole.length > mostLabelled) return [];
  const names = shortNames(whole.map(({ label }) => label));
  return whole.map((curve, index) => ({ curve, name: names[index] ?? curve.label }));
}

/** The room that the labels need at the right of the plot, in pixels. */
export function labelRoom(curves: readonly DrawnCurve[], widthOf: PlotFrame['widthOf']): number {
  const widths = labelled(curves).map(({ name }) => widthOf(name));
  return widths.length === 0 ? 0 : Math.min(widest, Math.ceil(Math.max(...widths))) + gap;
}

/** Beside the end of each curve what it is, so that nobody has to look it up in a legend; none over another. */
export function endLabels(frame: PlotFrame, curves: readonly DrawnCurve[]): EndLabel[] {
  const ends = labelled(curves)
    .map(({ curve, name }) => ({ curve, name, at: frame.yOf(lastValue(curve, frame.xMax)) }))
    .filter(({ at }) => !Number.isNaN(at));
  const middles = pushedApart(
    ends.map(({ at }) => Math.min(frame.bottom, Math.max(frame.top, at))),
    { top: frame.top - gap, bottom: frame.bottom + gap },
  );
  return ends.flatMap(({ name, curve: { label, colour, emphasis } }, index) => {
    const middle = middles[index] ?? null;
    if (middle === null) return [];
    const text = shortened(name, frame.widthOf);
    const dimmed = emphasis === 'dimmed';
    return [{ text, isCut: text !== label, colour, dimmed, x: frame.right + gap, middle }];
  });
}

/** The last value that is there within the part shown. */
function lastValue({ x, y }: DrawnCurve, max: number): number {
  let index = Math.min(x.length, firstFrom(x, max) + 1) - 1;
  while (index > 0 && ((x[index] ?? NaN) > max || Number.isNaN(y[index]))) index--;
  return y[index] ?? NaN;
}

function shortened(name: string, widthOf: PlotFrame['widthOf']): string {
  let text = name;
  while (text.length > 1 && widthOf(text) > widest) text = `${text.replace(/…$/, '').slice(0, -1)}…`;
  return text;
}
