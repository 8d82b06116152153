import type { RunSummary, StudyComparison } from '../../../../src-main/workbench/contract.ts';
import { SeriesData } from '../../../charts/SeriesData.svelte.ts';

/** The curves of a study's runs as they grow; a run that is in two groups has them once. */
export class RunCurves {
  readonly #data = new Map<string, SeriesData>();

  of(run: string, curve: StudyComparison['curve']): SeriesData {
    const data = this.#data.get(run) ?? new SeriesData(run, [curve]);
    this.#data.set(run, data);
    return data;
  }

  /** Brings them up to where the runs are. */
  advance(runs: readonly RunSummary[], curve: StudyComparison['curve']): void {
    for (const run of runs) this.of(run.id, curve).advance(run);
  }
}
