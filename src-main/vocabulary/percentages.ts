import { none } from './none.ts';

/** `12.30 %`: an error rate, given in %. */
export function percentText(percent: number | null | undefined): string {
  return percent === null || percent === undefined ? none : `${percent.toFixed(2)} %`;
}

/** `+1.20`, `−0.30`, `0.00`: a difference of two error rates, in percentage points. */
export function differenceText(points: number, decimals = 2): string {
  const rounded = Number(points.toFixed(decimals));
  const sign = rounded === 0 ? '' : rounded < 0 ? '−' : '+';
  return `${sign}${Math.abs(rounded).toFixed(decimals)}`;
}

/** `87.3 %`, `<0.1 %`: a posterior of 0–1, in %. */
export function posteriorText(posterior: number): string {
  if (Number.isNaN(posterior)) return 'NaN';
  const percent = 100 * posterior;
  return percent > 0 && percent < 0.1 ? '<0.1 %' : `${percent.toFixed(1)} %`;
}

/** `−1.20 to +0.40`: an interval of a difference, in percentage points. */
export function differenceRangeText(low: number, high: number, decimals = 2): string {
  return `${differenceText(low, decimals)} to ${differenceText(high, decimals)}`;
}

/** `0.034`, `<0.001`: a p-value. */
export function pValueText(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

/** `p = 0.034`, `p < 0.001`: a p-value in a sentence. */
export function pText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}
