/**
 * Before which of those that wait an entry belongs, so that it comes to a place counted without it; null for the end.
 *
 * @param waiting in order, the entry among them
 */
export function entryToPutBefore<Entry>(
  waiting: readonly Entry[],
  entry: Entry,
  place: number,
): Entry | null {
  return waiting.filter((other) => other !== entry)[place] ?? null;
}
