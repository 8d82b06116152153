/** `12.3 %`: an error rate, in %. */
export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${value.toFixed(2)} %`;
}

/** `1,234,567`. */
export function whole(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 0 });
}

/** `138.4 M`: a count in three or four figures. */
export function compact(value: number): string {
  const [factor, unit] =
    value >= 1e9 ? [1e9, ' G'] : value >= 1e6 ? [1e6, ' M'] : value >= 1e4 ? [1e3, ' k'] : [1, ''];
  return `${factor === 1 ? whole(value) : (value / factor).toFixed(value / factor < 100 ? 1 : 0)}${unit}`;
}

/** `528 MB`, in powers of 1000. */
export function bytes(value: number): string {
  for (const [factor, unit] of [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ] as const) {
    if (value >= factor) return `${(value / factor).toFixed(value / factor < 10 ? 1 : 0)} ${unit}`;
  }
  return `${value} B`;
}

/** `0.0123`, `1.2e-5`: a number of unknown size, in four figures. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}

/** S, or the range it is drawn from: `256`, `[256; 512]`. */
export function trainScaleText(scale: number | readonly [number, number]): string {
  return typeof scale === 'number' ? String(scale) : `[${scale[0]}; ${scale[1]}]`;
}
