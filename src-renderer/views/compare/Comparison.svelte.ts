import { untrack } from 'svelte';
import type { RunComparison, RunSummary } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';
import { SeriesData } from '../../charts/SeriesData.svelte.ts';
import { comparedSeries } from './comparedCurves.ts';

const names = comparedSeries.map(({ name }) => name);

/** What is known of the compared runs: their settings and results, and their curves as they grow. */
export class Comparison {
  readonly facts = new Loaded<RunComparison>();
  #curves = $state.raw<ReadonlyMap<string, SeriesData>>(new Map());

  loadFacts(ids: readonly string[]): void {
    void this.facts.load((signal) => api.runs.compare({ ids: [...ids] }, { signal }));
  }

  /** Undefined until the run is known to {@link advance}: what is read in a derived value must not be made in it. */
  curvesOf(id: string): SeriesData | undefined {
    return this.#curves.get(id);
  }

  /** Brings the curves up to where the runs are; called with every change of the list. */
  advance(runs: readonly RunSummary[]): void {
    const known = untrack(() => this.#curves);
    const added = runs.filter(({ id }) => !known.has(id));
    const curves = new Map([...known, ...added.map(({ id }) => [id, new SeriesData(id, names)] as const)]);
    if (added.length > 0) this.#curves = curves;
    for (const run of runs) curves.get(run.id)?.advance(run);
  }
}
