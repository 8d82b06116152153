import { untrack } from 'svelte';
import type { RunSummary, StudyComparison } from '../../../../src-main/workbench/contract.ts';
import { SeriesData } from '../../../charts/SeriesData.svelte.ts';

/** One curve of each of a study's runs as they grow; a run that is in two groups has it once. */
export class RunCurves {
  #data = $state.raw<ReadonlyMap<string, SeriesData>>(new Map());

  of(run: string): SeriesData | undefined {
    return this.#data.get(run);
  }

  /** Brings them up to where the runs are. */
  advance(runs: readonly RunSummary[], curve: StudyComparison['curve']): void {
    untrack(() => {
      const added = runs.filter(({ id }) => !this.#data.has(id));
      if (added.length > 0) {
        this.#data = new Map([
          ...this.#data,
          ...added.map(({ id }) => [id, new SeriesData(id, [curve])] as const),
        ]);
      }
      for (const run of runs) this.of(run.id)?.advance(run);
    });
  }
}
