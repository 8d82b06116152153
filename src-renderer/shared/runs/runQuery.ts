import type { RunSummary } from '../../../src-main/workbench/contract.ts';

/** Which runs are listed and in which order, as the address keeps it. */
export interface RunQuery {
  search: string;
  /** Of each facet the values that are let through; all, if there are none. */
  facets: Record<Facet, readonly string[]>;
  sort: { column: string; descending: boolean } | null;
}

export const facets = ['status', 'net', 'dataset', 'tag'] as const;
export type Facet = (typeof facets)[number];

/** What a run counts for in a facet: it may have several tags. */
export const facetValues: Record<Facet, (run: RunSummary) => readonly string[]> = {
  status: ({ status }) => [status],
  net: ({ config }) => [config],
  dataset: ({ dataset }) => [dataset],
  tag: ({ tags }) => tags,
};

/** Reads `search=…&status=failed,paused&sort=-loss`; commas within a value are encoded once more. */
export function readQuery(parameters: URLSearchParams): RunQuery {
  const values = (facet: Facet) =>
    (parameters.get(facet) ?? '')
      .split(',')
      .filter((value) => value !== '')
      .map((value) => decodeURIComponent(value));
  const sort = parameters.get('sort') ?? '';
  return {
    search: parameters.get('search') ?? '',
    facets: { status: values('status'), net: values('net'), dataset: values('dataset'), tag: values('tag') },
    sort: sort === '' ? null : { column: sort.replace(/^-/, ''), descending: sort.startsWith('-') },
  };
}

/** The other way round; what is empty says that the parameter falls away. */
export function facetParameter(values: readonly string[]): string {
  return values.map((value) => encodeURIComponent(value)).join(',');
}

/** One click: upwards, downwards, as it was. */
export function nextSort(sort: RunQuery['sort'], column: string): string {
  if (sort?.column !== column) return column;
  return sort.descending ? '' : `-${column}`;
}

/** Searched again with every letter that is typed, while the run stays the same object until it changes. */
const searched = new WeakMap<RunSummary, string>();

/** Whether every word of the search is in the run's name, id, tags or notes, upper and lower case alike. */
export function searchMatcher(search: string): (run: RunSummary) => boolean {
  const words = search.toLowerCase().split(/\s+/);
  return (run) => {
    let text = searched.get(run);
    if (text === undefined) {
      text = [run.name, run.id, ...run.tags, run.notes].join('\n').toLowerCase();
      searched.set(run, text);
    }
    return words.every((word) => text.includes(word));
  };
}

/** The values of a facet among the runs, with how many runs have each, the most frequent first. */
export function countFacet(runs: readonly RunSummary[], facet: Facet): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const value of facetValues[facet](run)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || one.value.localeCompare(other.value));
}
