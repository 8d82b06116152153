import type { StudySummary } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';
import { queue } from '../../state/QueueView.svelte.ts';
import { runList } from '../../state/RunList.svelte.ts';
import { trash } from '../../state/Trash.svelte.ts';

/** The studies of the log, newest first. */
export class StudyList {
  readonly studies = new Loaded<StudySummary[]>();
  /** Changes when a study may be another: a run or the queue began or ended something, or one was deleted or taken back. */
  readonly version: string = $derived.by(() => {
    const finished = runList.runs.filter(({ status }) => status === 'finished').length;
    const entries = queue.state.entries.map(({ id, state }) => `${id} ${state}`);
    return [trash.version, runList.runs.length, finished, ...entries].join();
  });

  async load(): Promise<void> {
    await this.studies.load(async (signal) => {
      const studies = await api.studies.list(undefined, { signal });
      return studies.sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
    });
  }
}
