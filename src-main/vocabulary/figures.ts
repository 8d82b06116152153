import { none } from './none.ts';

/** `0.0123`, `1.20e-5`, `∞`: a number of any size, in at most four figures. */
export function figureText(value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}
