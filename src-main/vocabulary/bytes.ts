import { countText } from './counts.ts';
import { none } from './none.ts';

const units = ['kB', 'MB', 'GB'] as const;

/** `512 B`, `16.4 kB`, `7.10 MB`, `528 MB`, `1,024 GB`: three figures, in powers of 1000. */
export function bytesText(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return none;
  if (bytes < 1000) return `${countText(bytes)} B`;
  let value = bytes / 1000;
  let unit = 0;
  // From 999.5 on three figures would round to 1000 of this unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 999.5 ? countText(value) : value.toPrecision(3)} ${units[unit] ?? ''}`;
}
