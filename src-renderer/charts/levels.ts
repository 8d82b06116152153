import type { Baseline } from './curves.ts';
import { pushedApart, textHeight, type Box } from './labelPlaces.ts';
import type { PlotFrame } from './plotFrame.ts';

/** Between a level's line and the middle of its label, and of the label from the edge of the plot, in pixels. */
const fromLine = 9;
const fromEdge = 4;
/** Of the arrow that points to a level beyond the axis, in pixels. */
const arrow = { width: 7, height: 6, room: 12 };

/** Levels as they are drawn: one, or some that lie too near each other for a label each. */
export interface PlacedLevels {
  label: string;
  /** Of their lines, in pixels from the top; none for levels beyond the axis. */
  lines: readonly number[];
  /** Corners of the arrow to levels beyond the axis. */
  arrow: readonly (readonly [x: number, y: number])[] | null;
  /** The ground under the label, whose letters begin at its left; null where there was no room. */
  box: Box | null;
}

/** Levels that share a label, from the top of the chart down. */
interface LevelGroup {
  side: 'above' | 'within' | 'below';
  levels: Baseline[];
  lines: number[];
}

/** Levels with their labels at the right within the plot, none over another. */
export function placedLevels(frame: PlotFrame, levels: readonly Baseline[]): PlacedLevels[] {
  const groups = groupedLevels(frame, levels);
  const middles = pushedApart(
    groups.map(({ side, lines: [line = 0] }) => {
      if (side !== 'within') return side === 'above' ? frame.top : frame.bottom;
      return line - fromLine - textHeight / 2 < frame.top ? line + fromLine : line - fromLine;
    }),
    frame,
  );
  return groups.map(({ side, levels: ofThese, lines }, index) => {
    const label = textOf(ofThese);
    const middle = middles[index] ?? null;
    const end = frame.right - fromEdge - (side === 'within' ? 0 : arrow.room);
    return {
      label,
      lines: side === 'within' ? lines : [],
      arrow:
        side === 'within' || middle === null
          ? null
          : arrowAt(frame.right - fromEdge, middle, side === 'above'),
      box: middle === null ? null : boxOf(end, middle, frame.widthOf(label)),
    };
  });
}

/** Those beyond an edge together, and those whose labels would not fit between their lines. */
function groupedLevels(frame: PlotFrame, levels: readonly Baseline[]): LevelGroup[] {
  const groups: LevelGroup[] = [];
  for (const level of levels.toSorted((one, other) => other.value - one.value)) {
    const line = frame.yOf(level.value);
    const side = line < frame.top ? 'above' : line <= frame.bottom ? 'within' : 'below';
    const before = groups.at(-1);
    const isNear =
      before?.side === side &&
      before.levels[0]?.together !== undefined &&
      before.levels[0].together === level.together &&
      (side !== 'within' || line - (before.lines.at(-1) ?? -Infinity) < textHeight);
    if (isNear) {
      before.levels.push(level);
      before.lines.push(line);
    } else groups.push({ side, levels: [level], lines: [line] });
  }
  return groups;
}

function textOf(levels: readonly Baseline[]): string {
  const [first] = levels;
  return levels.length === 1 || !first?.together
    ? (first?.label ?? '')
    : first.together(levels.map(({ value }) => value));
}

function boxOf(right: number, middle: number, width: number): Box {
  return { left: right - width, right, top: middle - textHeight / 2, bottom: middle + textHeight / 2 };
}

function arrowAt(right: number, middle: number, upwards: boolean): [x: number, y: number][] {
  const half = (upwards ? -1 : 1) * (arrow.height / 2);
  return [
    [right - arrow.width, middle - half],
    [right, middle - half],
    [right - arrow.width / 2, middle + half],
  ];
}
