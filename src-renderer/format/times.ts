/** `1 h 05 min`, `3 min 20 s`, `42 s`. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–';
  const total = Math.max(0, Math.round(seconds));
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`;
  if (minutes > 0) return `${minutes} min ${String(total % 60).padStart(2, '0')} s`;
  return `${total} s`;
}

const ofThisYear = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
// Made once: to make one takes longer than to draw a row of a table.
const momentFormat = new Intl.DateTimeFormat('en-GB', ofThisYear);
const momentFormatWithYear = new Intl.DateTimeFormat('en-GB', { ...ofThisYear, year: 'numeric' });

/** `7 minutes`, `3 hours`, `12 days`: of an estimate. */
export function roughly(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const [count, unit] =
    minutes < 90
      ? [minutes, 'minute']
      : minutes < 48 * 60
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** `24 Nov, 14:05`; with the year if it is another. */
export function moment(iso: string | null | undefined): string {
  if (iso === null || iso === undefined) return '–';
  const date = new Date(iso);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return (sameYear ? momentFormat : momentFormatWithYear).format(date);
}
