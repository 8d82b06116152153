import { aroundConstant } from './drawnCurves.ts';

/** Of the axis that the curves keep at least. */
const leastShare = 1 / 2;

interface Ends {
  min: number;
  max: number;
}

/**
 * The ends of the vertical axis: what the curves span, and the levels to compare with as far as the curves keep half of it.
 * A level further away would press them to an edge; it is marked there instead.
 *
 * @param extent undefined where there are no curves
 */
export function valueRange(
  extent: Ends | undefined,
  levels: readonly number[],
  logarithmic: boolean,
): Ends | undefined {
  const drawable = levels.filter((level) => Number.isFinite(level) && (!logarithmic || level > 0));
  const [first] = drawable;
  if (!extent) {
    return first === undefined
      ? undefined
      : widened(Math.min(...drawable), Math.max(...drawable), logarithmic);
  }
  const curves = widened(extent.min, extent.max, logarithmic);
  const on = (value: number) => (logarithmic ? Math.log10(value) : value);
  const length = ({ min, max }: Ends) => on(max) - on(min);
  const farness = (level: number) => Math.max(on(curves.min) - on(level), on(level) - on(curves.max));
  let range = curves;
  for (const level of drawable.toSorted((one, other) => farness(one) - farness(other))) {
    const wider = { min: Math.min(range.min, level), max: Math.max(range.max, level) };
    if (length(curves) >= leastShare * length(wider)) range = wider;
  }
  return range;
}

function widened(min: number, max: number, logarithmic: boolean): Ends {
  if (min < max) return { min, max };
  const [low, high] = aroundConstant(min, logarithmic);
  return { min: low, max: high };
}
