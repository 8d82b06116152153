import type { RunComparison, RunSummary } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';
import { SeriesData } from '../../charts/SeriesData.svelte.ts';
import { comparedSeries } from './comparedCurves.ts';

const names = comparedSeries.map(({ name }) => name);

/** What is known of the compared runs: their settings and results, and their curves as they grow. */
export class Comparison {
  readonly facts = new Loaded<RunComparison>();
  readonly #curves = new Map<string, SeriesData>();

  loadFacts(ids: readonly string[]): void {
    void this.facts.load((signal) => api.runs.compare({ ids: [...ids] }, { signal }));
  }

  curvesOf(id: string): SeriesData {
    const curves = this.#curves.get(id) ?? new SeriesData(id, names);
    this.#curves.set(id, curves);
    return curves;
  }

  /** Brings the curves up to where the runs are; called with every change of the list. */
  advance(runs: readonly RunSummary[]): void {
    for (const run of runs) this.curvesOf(run.id).advance(run);
  }
}
