import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  createTable,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  type ColumnDef,
  type Row,
} from '@tanstack/svelte-table';
import type { RunSummary } from '../../../src-main/workbench/contract.ts';
import { settings } from '../../state/AppSettings.svelte.ts';
import { router } from '../../state/Router.svelte.ts';
import { runList } from '../../state/RunList.svelte.ts';
import { runColumns, shownColumns, type SortValue } from './columns.ts';
import { facets, facetValues, matchesSearch, readQuery } from './runQuery.ts';

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
});
type RunRow = Row<typeof features, RunSummary>;

const collator = new Intl.Collator('en-GB', { numeric: true });

function byValue(one: RunRow, other: RunRow, column: string): number {
  const [a, b] = [one.getValue<SortValue>(column), other.getValue<SortValue>(column)];
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a < b ? -1 : 1;
  return collator.compare(String(a), String(b));
}

/** Hidden columns: what is pinned comes first in any order, and the facets filter. */
const columns: ColumnDef<typeof features, RunSummary>[] = [
  ...runColumns.map(({ id, value }): ColumnDef<typeof features, RunSummary> => ({
    id,
    accessorFn: value,
    sortFn: byValue,
    sortUndefined: 'last',
    enableGlobalFilter: false,
  })),
  { id: 'pinned', accessorFn: ({ pinned }) => (pinned ? 0 : 1), sortFn: byValue, enableGlobalFilter: false },
  // The search looks at the whole run, so one column is enough for it.
  { id: 'text', accessorFn: ({ id }) => id, enableGlobalFilter: true },
  ...facets.map((facet): ColumnDef<typeof features, RunSummary> => ({
    id: `facet:${facet}`,
    accessorFn: facetValues[facet],
    filterFn: ({ original }, _id, wanted: readonly string[]) =>
      facetValues[facet](original).some((value) => wanted.includes(value)),
    enableGlobalFilter: false,
  })),
];

/** The runs that the list shows, filtered and sorted as the address says. To be made while a component is. */
export class RunTable {
  readonly query = $derived(readQuery(router.parameters));
  readonly columns = $derived(shownColumns(settings.current?.runColumns ?? []));
  readonly #sorting = $derived([
    { id: 'pinned', desc: false },
    ...(this.query.sort ? [{ id: this.query.sort.column, desc: this.query.sort.descending }] : []),
  ]);
  readonly #filters = $derived(
    facets
      .filter((facet) => this.query.facets[facet].length > 0)
      .map((facet) => ({ id: `facet:${facet}`, value: this.query.facets[facet] })),
  );
  readonly #table = createTable({
    features,
    columns,
    get data() {
      return runList.runs;
    },
    globalFilterFn: ({ original }: RunRow, _id: string, search: string) => matchesSearch(original, search),
    state: this.#state(),
  });
  readonly runs: readonly RunSummary[] = $derived(
    this.#table.getRowModel().rows.map(({ original }) => original),
  );

  #state() {
    const sorting = () => this.#sorting;
    const columnFilters = () => this.#filters;
    const search = () => this.query.search.trim();
    return {
      get sorting() {
        return sorting();
      },
      get columnFilters() {
        return columnFilters();
      },
      get globalFilter() {
        return search();
      },
    };
  }
}
