import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  createTable,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  type ColumnDef,
  type ColumnFiltersState,
  type Row,
  type SortingState,
} from '@tanstack/svelte-table';
import type { RunSummary } from '../../../src-main/workbench/contract.ts';
import { settings } from '../../state/AppSettings.svelte.ts';
import { router } from '../../state/Router.svelte.ts';
import { runList } from '../../state/RunList.svelte.ts';
import { runColumns, shownColumns, type SortValue } from './columns.ts';
import { facets, facetValues, readQuery, searchMatcher } from '../../shared/runs/runQuery.ts';

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
});
type RunRow = Row<typeof features, RunSummary>;

/** The table keeps its options in $state, which would put a proxy around each run; but only in plain arrays. */
class RawArray<Item> extends Array<Item> {}

const collator = new Intl.Collator('en-GB', { numeric: true });

function byValue(one: RunRow, other: RunRow, column: string): number {
  const [a, b] = [one.getValue<SortValue>(column), other.getValue<SortValue>(column)];
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a < b ? -1 : 1;
  return collator.compare(String(a), String(b));
}

/** The table asks `resolveFilterValue` once for each search, and the filter for each run. */
const bySearch = Object.assign(
  ({ original }: RunRow, _id: string, matches: ReturnType<typeof searchMatcher>) => matches(original),
  { resolveFilterValue: searchMatcher },
);

/** Hidden columns: what is pinned comes first in any order, and the facets filter. */
const columns = RawArray.of<ColumnDef<typeof features, RunSummary>>(
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
    filterFn: ({ original }, _id, requested: readonly string[]) =>
      facetValues[facet](original).some((value) => requested.includes(value)),
    enableGlobalFilter: false,
  })),
);

interface Inputs {
  data: () => RunSummary[];
  sorting: () => SortingState;
  filters: () => ColumnFiltersState;
  search: () => string;
}

/** Reads its inputs again whenever they change. */
function makeTable(current: Inputs) {
  return createTable({
    features,
    columns,
    get data() {
      return current.data();
    },
    state: {
      get sorting() {
        return current.sorting();
      },
      get columnFilters() {
        return current.filters();
      },
      get globalFilter() {
        return current.search();
      },
    },
    globalFilterFn: bySearch,
  });
}

/** The runs that the list shows, filtered and sorted as the address says. To be made while a component is. */
export class RunTable {
  readonly query = $derived(readQuery(router.parameters));
  readonly columns = $derived(shownColumns(settings.current?.runColumns ?? []));
  readonly #data = $derived(RawArray.from(runList.runs));
  readonly #sorting = $derived([
    { id: 'pinned', desc: false },
    ...(this.query.sort ? [{ id: this.query.sort.column, desc: this.query.sort.descending }] : []),
  ]);
  readonly #filters = $derived(
    facets
      .filter((facet) => this.query.facets[facet].length > 0)
      .map((facet) => ({ id: `facet:${facet}`, value: this.query.facets[facet] })),
  );
  readonly #table = makeTable({
    data: () => this.#data,
    sorting: () => this.#sorting,
    filters: () => this.#filters,
    search: () => this.query.search.trim(),
  });
  readonly runs: readonly RunSummary[] = $derived(
    this.#table.getRowModel().rows.map(({ original }) => original),
  );
}
