import { setTimeout as sleep } from 'node:timers/promises';
import { endable } from '../foundation/streams.ts';
import type { RunChanges, RunList } from './RunList.ts';

const millisecondsBetweenLooks = 500;

/**
 * The list of runs as it changes, by this or another process, until the log is closed. The first answer comes at once,
 * even if nothing is new.
 *
 * @param bringUp is called before each look, and brings the log up to what is to be seen elsewhere
 */
export function listChanges(
  list: RunList,
  since: number | null,
  bringUp: () => Promise<void> = () => Promise.resolve(),
): AsyncGenerator<RunChanges, void, undefined> {
  const ended = new AbortController();
  return endable(watch({ list, bringUp }, since, ended.signal), () => {
    ended.abort();
  });
}

async function* watch(
  { list, bringUp }: { list: RunList; bringUp: () => Promise<void> },
  since: number | null,
  signal: AbortSignal,
): AsyncGenerator<RunChanges, void, undefined> {
  let revision = since;
  /** Runs already reported as interrupted. */
  const interrupted = new Set<string>();
  const isOver = () => !list.isOpen || signal.aborted;
  for (let first = true; !isOver(); first = false) {
    if (!first) await bringUp();
    if (isOver()) return;
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
