import { none } from './none.ts';

const ofThisYear = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
// Made once: to make one takes longer than to draw a row of a table.
const withoutYear = new Intl.DateTimeFormat('en-GB', ofThisYear);
const withYear = new Intl.DateTimeFormat('en-GB', { ...ofThisYear, year: 'numeric' });

/**
 * `24 Nov, 14:05` by the clock of the reader's place; with the year unless it is the present one.
 *
 * @param iso a time as the database and the files hold it
 */
export function momentText(iso: string | null | undefined, now = new Date()): string {
  if (iso === null || iso === undefined) return none;
  const date = new Date(iso);
  return (date.getFullYear() === now.getFullYear() ? withoutYear : withYear).format(date);
}
