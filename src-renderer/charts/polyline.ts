import { firstFrom, type DrawnCurve } from './drawnCurves.ts';

/** From a value on an axis to pixels: `offset + perUnit · value`, or of its logarithm. */
export interface PixelAxis {
  offset: number;
  perUnit: number;
  logarithmic: boolean;
}

/** What a curve is drawn through, in pixels; NaN where it is interrupted. */
export interface Polyline {
  x: Float64Array;
  y: Float64Array;
  /** Pixels up and down for each pixel across. */
  steepness: number;
}

/** Less looks like a single point, in pixels. */
const discernible = 0.5;

/**
 * A curve thinned to the columns of pixels it is shown in: of each the lowest and the highest point, in their order, so
 * that no spike is lost. Where points are apart by more than a column, all of them.
 *
 * @param left of the plot, in pixels, as `right`; one point to each side goes with it
 * @param column width of a column, in pixels
 */
export function polyline(
  curve: Pick<DrawnCurve, 'x' | 'y'>,
  toX: PixelAxis,
  toY: PixelAxis,
  { left, right, column = 1 }: { left: number; right: number; column?: number },
): Polyline {
  const start = Math.max(0, firstFrom(curve.x, valueAt(toX, left)) - 1);
  const end = Math.min(curve.x.length, firstFrom(curve.x, valueAt(toX, right)) + 1);
  const pen = new Pen(end - start);
  let current = NaN;
  let low = { x: NaN, y: NaN, index: 0 };
  let high = low;
  const flush = () => {
    if (Number.isNaN(current)) return;
    current = NaN;
    const [first, second] = low.index < high.index ? [low, high] : [high, low];
    pen.to(first.x, first.y);
    if (high.y - low.y >= discernible) pen.to(second.x, second.y);
  };
  for (let i = start; i < end; i++) {
    const x = pixelOf(toX, curve.x[i] ?? NaN);
    const y = pixelOf(toY, curve.y[i] ?? NaN);
    const of = Math.floor(x / column);
    if (Number.isNaN(y)) {
      flush();
      pen.lift(x);
    } else if (of === current) {
      if (y < low.y) low = { x, y, index: i };
      if (y > high.y) high = { x, y, index: i };
    } else {
      flush();
      current = of;
      low = high = { x, y, index: i };
    }
  }
  flush();
  return pen.polyline();
}

class Pen {
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  #length = 0;
  #climbed = 0;

  constructor(most: number) {
    this.#x = new Float64Array(Math.max(0, most));
    this.#y = new Float64Array(Math.max(0, most));
  }

  to(x: number, y: number): void {
    const climb = Math.abs(y - (this.#y[this.#length - 1] ?? NaN));
    if (climb > 0) this.#climbed += climb;
    this.#add(x, y);
  }

  lift(x: number): void {
    this.#add(x, NaN);
  }

  polyline(): Polyline {
    const x = this.#x.subarray(0, this.#length);
    const across = (x.at(-1) ?? 0) - (x[0] ?? 0);
    return { x, y: this.#y.subarray(0, this.#length), steepness: this.#climbed / Math.max(1, across) };
  }

  #add(x: number, y: number): void {
    this.#x[this.#length] = x;
    this.#y[this.#length] = y;
    this.#length++;
  }
}

/** Where a value is, in pixels. */
export function pixelOf({ offset, perUnit, logarithmic }: PixelAxis, value: number): number {
  return offset + perUnit * (logarithmic ? Math.log10(value) : value);
}

function valueAt({ offset, perUnit, logarithmic }: PixelAxis, pixel: number): number {
  const value = (pixel - offset) / perUnit;
  return logarithmic ? 10 ** value : value;
}
