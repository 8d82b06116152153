import { setTimeout as sleep } from 'node:timers/promises';
import { endable } from '../foundation/streams.ts';
import type { RunSummary } from './records.ts';
import type { RunList } from './RunList.ts';

/** What became of the list of runs since a revision of the log. */
export interface RunChanges {
  /** Of the log now: give it to hear only of what came after. */
  revision: number;
  /** Whether `changed` is the whole list, whatever was known before: at first, and when the log was made anew. */
  whole: boolean;
  changed: RunSummary[];
  /** Ids of runs that are in the trash or gone. */
  removed: string[];
}

const millisecondsBetweenLooks = 500;

/**
 * The list of runs as it changes, whoever changes it, until the log is closed. The first answer comes at once, also if
 * nothing is new.
 */
export function listChanges(
  list: RunList,
  since: number | null,
): AsyncGenerator<RunChanges, void, undefined> {
  const ended = new AbortController();
  return endable(watch(list, since, ended.signal), () => {
    ended.abort();
  });
}

async function* watch(
  list: RunList,
  since: number | null,
  signal: AbortSignal,
): AsyncGenerator<RunChanges, void, undefined> {
  let revision = since;
  const running = new Set<string>();
  for (let first = true; list.isOpen && !signal.aborted; first = false) {
    const changes = list.changesSince(revision, running);
    revision = changes.revision;
    for (const { id, status } of changes.changed) {
      if (status === 'running') running.add(id);
      else running.delete(id);
    }
    for (const id of changes.removed) running.delete(id);
    if (first || changes.whole || changes.changed.length > 0 || changes.removed.length > 0) yield changes;
    await sleep(millisecondsBetweenLooks, undefined, { signal }).catch(() => undefined);
  }
}
