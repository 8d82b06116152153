import type { RunSummary } from '../../../src-main/workbench/contract.ts';
import { settings } from '../../state/AppSettings.svelte.ts';
import { router } from '../../state/Router.svelte.ts';
import { runList } from '../../state/RunList.svelte.ts';
import { runValues } from '../../state/RunValues.svelte.ts';
import { facets, facetValues, readQuery, searchMatcher, type RunQuery } from '../../shared/runs/runQuery.ts';
import {
  chosenColumns,
  columnsWithin,
  fittingWidth,
  runColumns,
  usualColumns,
  type RunColumn,
} from './columns.ts';
import { sortedRuns } from './sortRuns.ts';
import { textWidths } from './textWidths.svelte.ts';
import { valueColumns } from './valueColumns.ts';
import { readSearch } from './valueFilter.ts';

/** The runs that the list shows, filtered and sorted as the address says. To be made while a component is. */
export class RunTable {
  readonly query = $derived(readQuery(router.parameters));
  /** All that can be shown of runs, filtered by, grouped by and plotted. */
  readonly all: readonly RunColumn[] = $derived.by(() => {
    const { current } = runValues;
    return current ? [...runColumns, ...valueColumns(current.keys, current.values)] : runColumns;
  });
  readonly #chosen: readonly RunColumn[] | undefined = $derived(
    chosenColumns(settings.current?.runColumns ?? [], this.all),
  );
  readonly columns: readonly RunColumn[] = $derived(this.#chosen ?? usualColumns(runList.runs));
  readonly #widths: ReadonlyMap<string, number> = $derived(
    new Map(this.columns.map((column) => [column.id, fittingWidth(column, runList.runs, textWidths.of)])),
  );
  readonly search = $derived(readSearch(this.query.search, this.all));
  readonly runs: readonly RunSummary[] = $derived.by(() => {
    const matches = searchMatcher(this.search.words);
    const kept = runList.runs.filter(
      (run) =>
        passesFilter(run, this.query.facets) &&
        this.search.conditions.every((condition) => condition.matches(run)) &&
        matches(run),
    );
    const { sort } = this.query;
    const column = sort && this.all.find(({ id }) => id === sort.column);
    return sortedRuns(kept, column ? { column, descending: sort.descending } : null);
  });

  /** The column whose edge is drawn now. */
  drawn = $state.raw<{ id: string; width: number } | null>(null);

  widthOf(column: RunColumn): number {
    if (this.drawn?.id === column.id) return this.drawn.width;
    return settings.current?.runColumnWidths[column.id] ?? this.#widths.get(column.id) ?? column.width;
  }

  /** The columns that a list of that width shows: of those that nobody chose, those that it has room for. */
  within(room: number): readonly RunColumn[] {
    return this.#chosen ?? columnsWithin(this.columns, room, (column) => this.widthOf(column));
  }

  /** The columns that the address names, as `group=lr,seed`; what there is none of is left out. */
  named(parameter: string): RunColumn[] {
    const ids = (router.parameters.get(parameter) ?? '').split(',');
    return ids.flatMap((id) => this.all.find((column) => column.id === id) ?? []);
  }
}

function passesFilter(run: RunSummary, chosen: RunQuery['facets']): boolean {
  return facets.every(
    (facet) =>
      chosen[facet].length === 0 || facetValues[facet](run).some((value) => chosen[facet].includes(value)),
  );
}
