import { none } from './none.ts';

// Made once: making one takes longer than drawing a row of a table.
const wholeNumbers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** `1,234,567`. */
export function countText(count: number | null | undefined): string {
  return count === null || count === undefined ? none : wholeNumbers.format(count);
}

/** `138 M`, `13.8 k`, `9,999`: a count in three or four figures. */
export function shortCountText(count: number | null | undefined): string {
  if (count === null || count === undefined) return none;
  const [factor, unit] =
    count >= 1e9 ? [1e9, ' G'] : count >= 1e6 ? [1e6, ' M'] : count >= 1e4 ? [1e3, ' k'] : [1, ''];
  if (factor === 1) return countText(count);
  return `${(count / factor).toFixed(count / factor < 100 ? 1 : 0)}${unit}`;
}
