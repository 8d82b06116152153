import { setTimeout as sleep } from 'node:timers/promises';
import { endable } from '../foundation/streams.ts';
import type { RunChanges, RunList } from './RunList.ts';

const millisecondsBetweenLooks = 500;

/**
 * The list of runs as it changes, by this or another process, until the log is closed. The first answer comes at once,
 * even if nothing is new.
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
  /** Runs already reported as interrupted. */
  const interrupted = new Set<string>();
  for (let first = true; list.isOpen && !signal.aborted; first = false) {
    const changes = list.changesSince(revision, interrupted);
    revision = changes.revision;
    for (const { id, status } of changes.changed) {
      if (status === 'interrupted') interrupted.add(id);
      else interrupted.delete(id);
    }
    for (const id of changes.removed) interrupted.delete(id);
    if (first || changes.whole || changes.changed.length > 0 || changes.removed.length > 0) yield changes;
    await sleep(millisecondsBetweenLooks, undefined, { signal }).catch(() => undefined);
  }
}
