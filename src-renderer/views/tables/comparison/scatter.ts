import { logTicksWithin, ticksWithin } from '../../../../src-main/vocabulary/ticks.ts';

/** A value at a place, with its deviation. */
export interface ScatterPoint {
  label: string;
  x: number;
  y: number;
  deviation: number | null;
}

export interface PlacedPoint extends ScatterPoint {
  left: number;
  top: number;
  /** Ends of the bar of the deviation; the point itself without one. */
  barTop: number;
  barBottom: number;
  labelTop: number;
  /** Whether the label stands to the left of its point. */
  labelLeft: boolean;
}

export interface Tick {
  value: number;
  place: number;
}

export interface Scatter {
  points: PlacedPoint[];
  xTicks: Tick[];
  yTicks: Tick[];
}

const labelHeight = 15;

/**
 * Places points in a frame of that size, x by its logarithm, y with room above and below. Labels are moved apart.
 *
 * @param points with x above 0
 */
export function placeScatter(points: readonly ScatterPoint[], width: number, height: number): Scatter {
  const xs = points.map(({ x }) => Math.log10(x));
  const ys = points.flatMap(({ y, deviation }) => [y - (deviation ?? 0), y + (deviation ?? 0)]);
  const [left, right] = padded(Math.min(...xs), Math.max(...xs), 0.1);
  const [bottom, top] = padded(Math.min(...ys), Math.max(...ys), 1);
  const xPlace = (value: number) => ((Math.log10(value) - left) / (right - left)) * width;
  const yPlace = (value: number) => ((top - value) / (top - bottom)) * height;
  const placed = points.map((point): PlacedPoint => {
    const deviation = point.deviation ?? 0;
    return {
      ...point,
      left: xPlace(point.x),
      top: yPlace(point.y),
      barTop: yPlace(point.y + deviation),
      barBottom: yPlace(point.y - deviation),
      labelTop: yPlace(point.y),
      labelLeft: xPlace(point.x) > width * 0.7,
    };
  });
  let lowest = -Infinity;
  for (const point of placed.toSorted((one, other) => one.top - other.top)) {
    point.labelTop = Math.max(point.labelTop, lowest + labelHeight);
    lowest = point.labelTop;
  }
  return {
    points: placed,
    xTicks: logTicksWithin(10 ** left, 10 ** right).map((value) => ({ value, place: xPlace(value) })),
    yTicks: ticksWithin(bottom, top).map((value) => ({ value, place: yPlace(value) })),
  };
}

/** A little more than the range to both sides; of one value, `least` to both. */
function padded(low: number, high: number, least: number): [number, number] {
  const room = Math.max((high - low) * 0.15, high === low ? least : 0);
  return [low - room, high + room];
}
