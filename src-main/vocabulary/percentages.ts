import { none } from './none.ts';

/** `12.30 %`: an error rate, given in %. */
export function percentText(percent: number | null | undefined): string {
  return percent === null || percent === undefined ? none : `${percent.toFixed(2)} %`;
}

/** `+1.20`, `−0.30`, `0.00`: a difference of two error rates, in percentage points. */
export function differenceText(points: number): string {
  const rounded = Number(points.toFixed(2));
  if (rounded === 0) return '0.00';
  return `${rounded < 0 ? '−' : '+'}${Math.abs(rounded).toFixed(2)}`;
}

/** `87.3 %`, `<0.1 %`: a posterior of 0–1, in %. */
export function posteriorText(posterior: number): string {
  if (Number.isNaN(posterior)) return 'NaN';
  const percent = 100 * posterior;
  return percent > 0 && percent < 0.1 ? '<0.1 %' : `${percent.toFixed(1)} %`;
}
