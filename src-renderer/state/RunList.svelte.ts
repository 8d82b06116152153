import type { RunSummary } from '../../src-main/workbench/contract.ts';
import { api } from '../api/api.ts';
import { follow } from '../api/follow.ts';

/** All runs of the log as they are now, newest first. Every view reads this one list. */
class RunList {
  /** False until the first list came. */
  loaded = $state(false);
  runs = $state.raw<readonly RunSummary[]>([]);
  readonly byId: ReadonlyMap<string, RunSummary> = $derived(new Map(this.runs.map((run) => [run.id, run])));
  #revision: number | null = null;

  follow(signal: AbortSignal): Promise<void> {
    return follow(
      (streamSignal) => api.runs.changes({ since: this.#revision }, { signal: streamSignal }),
      ({ revision, whole, changed, removed }) => {
        this.#revision = revision;
        this.loaded = true;
        if (!whole && changed.length === 0 && removed.length === 0) return;
        const byId = new Map(whole ? [] : this.runs.map((run) => [run.id, run]));
        for (const id of removed) byId.delete(id);
        for (const run of changed) byId.set(run.id, run);
        this.runs = [...byId.values()].sort(newestFirst);
      },
      signal,
    );
  }
}

function newestFirst(one: RunSummary, other: RunSummary): number {
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? 1 : -1;
  return one.id < other.id ? 1 : -1;
}

export const runList = new RunList();
