import type { RunComparison, RunSummary, Series } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';
import { toasts } from '../../state/Toasts.svelte.ts';
import { comparedSeries } from './comparedCurves.ts';

const mostPoints = 2000;
const names = comparedSeries.map(({ name }) => name);

/** What is known of the compared runs: their settings and results, and their curves as they grow. */
export class Comparison {
  readonly facts = new Loaded<RunComparison>();
  series = $state.raw<ReadonlyMap<string, readonly Series[]>>(new Map());
  readonly #stepRead = new Map<string, number>();
  #reading = false;

  loadFacts(ids: readonly string[]): void {
    void this.facts.load((signal) => api.runs.compare({ ids: [...ids] }, { signal }));
  }

  /** Reads the curves of the runs that have trained since they were read; called again with every change of the list. */
  async readCurves(runs: readonly RunSummary[]): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    await toasts.attempt(async () => {
      for (const { id, step } of runs) {
        if (this.#stepRead.get(id) === step) continue;
        const read = await api.runs.metrics({ id, names, mostPoints });
        this.series = new Map([...this.series, [id, read]]);
        this.#stepRead.set(id, step);
      }
    });
    this.#reading = false;
  }
}
