import { none } from './none.ts';

const ofThisYear = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
// Made once: making one takes longer than drawing a row of a table.
const withoutYear = new Intl.DateTimeFormat('en-GB', ofThisYear);
const withYear = new Intl.DateTimeFormat('en-GB', { ...ofThisYear, year: 'numeric' });

/**
 * `24 Nov, 14:05` in the reader's time zone; with the year unless it is the present one.
 *
 * @param iso a time in the form of the database and the files
 */
export function momentText(iso: string | null | undefined, now = new Date()): string {
  if (iso === null || iso === undefined) return none;
  const date = new Date(iso);
  return (date.getFullYear() === now.getFullYear() ? withoutYear : withYear).format(date);
}
