/** How many runs can be compared. Beyond eight the curves are drawn in groups. */
export const comparable = { least: 2, most: 200 } as const;

/** The runs of an address `#/compare/ID,ID`: each once, no more than can be compared. */
export function chosenIds(part: string | undefined): string[] {
  const ids = (part ?? '').split(',').filter((id) => id !== '');
  return [...new Set(ids)].slice(0, comparable.most);
}

/** The address with one run more or less, its parameters kept. */
export function addressOf(ids: readonly string[], parameters: URLSearchParams): string {
  const query = parameters.toString();
  return `/compare/${ids.join(',')}${query === '' ? '' : `?${query}`}`;
}

export function toggled(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
}
