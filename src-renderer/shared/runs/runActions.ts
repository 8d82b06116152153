import type { QueueEntry, RunSummary } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { queue } from '../../state/QueueView.svelte.ts';
import { router } from '../../state/Router.svelte.ts';
import { toasts } from '../../state/Toasts.svelte.ts';
import { trash } from '../../state/Trash.svelte.ts';
import { comparable } from './chosenRuns.ts';
import { runName } from '../../../src-main/vocabulary/runName.ts';

type Annotations = Omit<Parameters<typeof api.runs.annotate>[0], 'id'>;
type Runs = readonly RunSummary[];

export function openRun({ id }: RunSummary): void {
  router.go(`/run/${id}`);
}

/** The form of a new run, filled in with what this one was trained with. */
export function newRunLike({ id }: Pick<RunSummary, 'id'>): void {
  router.go(`/new?what=run&from=${id}`);
}

export function compareRuns(runs: Runs): void {
  if (runs.length < comparable.least || runs.length > comparable.most) {
    toasts.say(`Select ${comparable.least} to ${comparable.most} runs to compare them.`);
    return;
  }
  router.go(`/compare/${runs.map(({ id }) => id).join(',')}`);
}

export async function annotateRuns(runs: Runs, changes: (run: RunSummary) => Annotations): Promise<void> {
  await toasts.attempt(() =>
    Promise.all(runs.map((run) => api.runs.annotate({ id: run.id, ...changes(run) }))),
  );
}

/** Pins them all, or takes all pins away if each has one. */
export function togglePins(runs: Runs): Promise<void> {
  const pinned = !runs.every((run) => run.pinned);
  return annotateRuns(runs, () => ({ pinned }));
}

/** To the trash, with a way back. */
export async function removeRuns(runs: Runs): Promise<void> {
  const [first] = runs;
  if (!first) return;
  const ids = await toasts.attempt(() => trash.changes(api.runs.remove({ ids: runs.map(({ id }) => id) })));
  if (!ids) return;
  const what = runs.length === 1 ? `Run ${runName(first)}` : `${runs.length} runs`;
  // Of a run whose folder is gone there is nothing to take back.
  const gone = new Set(runs.filter(({ folderMissing }) => folderMissing).map(({ id }) => id));
  const kept = ids.filter((id) => !gone.has(id));
  if (kept.length === 0) {
    toasts.say(`${what} deleted.`);
    return;
  }
  toasts.say(`${what} moved to the trash.`, {
    title: 'Undo',
    perform: () => toasts.attempt(() => trash.changes(api.runs.restore({ ids: kept }))),
  });
}

/** Something the queue can do for a run now. */
export interface QueueAction {
  title: string;
  kind: 'train' | 'pause' | 'stop';
  perform: () => unknown;
}

const trainTitles: Partial<Record<RunSummary['status'], string>> = {
  queued: 'Train',
  paused: 'Resume',
  interrupted: 'Resume',
  failed: 'Retry',
};

/** @param entry the run's place in the queue, if it has one */
export function queueActions(run: RunSummary, entry: QueueEntry | undefined): QueueAction[] {
  const name = { kind: 'run', id: run.id } as const;
  if (!entry) {
    const title = trainTitles[run.status];
    return title === undefined ? [] : [{ title, kind: 'train', perform: () => queue.add(name) }];
  }
  const stop = () => queue.remove(name);
  if (entry.state === 'waiting') return [{ title: 'Take out of the queue', kind: 'stop', perform: stop }];
  if (entry.state === 'stopping') return [];
  return [
    { title: 'Pause', kind: 'pause', perform: () => queue.pause(name) },
    { title: 'Stop', kind: 'stop', perform: stop },
  ];
}
