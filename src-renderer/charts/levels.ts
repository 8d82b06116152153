import type { Baseline } from './curves.ts';
import { pushedApart, textHeight, type Box } from './labelPlaces.ts';
import type { PlotFrame } from './plotFrame.ts';

/** Between a level's line and the middle of its label, and of the label from the edge of the plot, in pixels. */
const fromLine = 9;
const fromEdge = 4;
/** Of the arrow that points to a level beyond the axis, in pixels. */
const arrow = { width: 7, height: 6, room: 12 };

/** A level as it is drawn: its line, or an arrow at the edge beyond which it is, and its label. */
export interface PlacedLevel {
  label: string;
  /** Of its line, in pixels from the top; null for a level beyond the axis. */
  line: number | null;
  /** Corners of the arrow to a level beyond the axis. */
  arrow: readonly (readonly [x: number, y: number])[] | null;
  /** The ground under the label, whose letters end at its right; null where there was no room. */
  box: Box | null;
}

/** Levels with their labels at the right within the plot, none over another. */
export function placedLevels(frame: PlotFrame, levels: readonly Baseline[]): PlacedLevel[] {
  const { top, bottom, right } = frame;
  const placed = levels
    .map(({ label, value }) => ({ label, at: frame.yOf(value), value }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((one, other) => other.value - one.value);
  const middles = pushedApart(
    placed.map(({ at }) => {
      if (!(at >= top)) return Number.isNaN(at) || at > bottom ? bottom : top;
      if (at > bottom) return bottom;
      return at - fromLine - textHeight / 2 < top ? at + fromLine : at - fromLine;
    }),
    frame,
  );
  return placed.map(({ label, at }, index) => {
    const line = at >= top && at <= bottom ? at : null;
    const middle = middles[index] ?? null;
    const end = right - fromEdge - (line === null ? arrow.room : 0);
    return {
      label,
      line,
      arrow: line === null && middle !== null ? arrowAt(right - fromEdge, middle, at < top) : null,
      box: middle === null ? null : boxOf(end, middle, frame.widthOf(label)),
    };
  });
}

function boxOf(right: number, middle: number, width: number): Box {
  return { left: right - width, right, top: middle - textHeight / 2, bottom: middle + textHeight / 2 };
}

function arrowAt(right: number, middle: number, upwards: boolean): [x: number, y: number][] {
  const [tip, foot] = [arrow.height / 2, -arrow.height / 2].map((by) => middle + (upwards ? -by : by));
  return [
    [right - arrow.width, foot ?? middle],
    [right, foot ?? middle],
    [right - arrow.width / 2, tip ?? middle],
  ];
}
