import { runName } from '../../../src-main/vocabulary/runName.ts';
import { fusionOverrides } from '../../../src-main/vocabulary/fusionOverrides.ts';
import type { Fusion } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';
import { EvaluationJob } from '../../shared/runs/EvaluationJob.svelte.ts';
import type { FusionSettings } from './fusionSettings.ts';

/** The mean posterior of runs, and the evaluations that it still needs. */
export class RunFusion {
  readonly fusion = new Loaded<Fusion>();
  /** Of the run that is being scored, or that could not be. */
  job = $state.raw<EvaluationJob>();
  label = $state('');
  readonly missing = $derived(this.fusion.value?.nets.filter(({ hasPosteriors }) => !hasPosteriors) ?? []);
  readonly running: boolean = $derived.by(() => this.job?.running === true);

  async load(runs: readonly string[], settings: FusionSettings): Promise<void> {
    await this.fusion.load((signal) => api.fusion.get({ runs: [...runs], ...settings }, { signal }));
  }

  /** Scores the runs that still need it, one after the other, until one fails or is stopped. */
  async evaluateMissing(): Promise<void> {
    for (const net of this.missing) {
      const job = new EvaluationJob(net.id);
      this.job = job;
      this.label = runName(net);
      if (!(await job.run(fusionOverrides(net)))) return;
    }
  }

  stop(): void {
    this.job?.stop();
  }
}
