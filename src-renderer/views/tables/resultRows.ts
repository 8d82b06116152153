import { namesRun, parseRunKey } from '../../../src-main/vocabulary/runKey.ts';
import type { Result, StudyRunProgress, StudyTableRow } from '../../../src-main/workbench/contract.ts';

/** The state of a row: `left-out` is one that the study is not about, `open` one that is not queued yet. */
export type RowState = 'measured' | 'training' | 'failed' | 'waiting' | 'open' | 'left-out';

/**
 * @param result null while nothing was measured; `measured` the seeds that are in it
 * @param isQueued whether the queue is to train a run of that key
 */
export function rowState(
  {
    keys,
    result,
    measured = [],
  }: { keys: readonly string[]; result: unknown; measured?: readonly number[] | undefined },
  runs: readonly StudyRunProgress[],
  isQueued: (key: string) => boolean,
): RowState {
  if (keys.length === 0) return result === null ? 'left-out' : 'measured';
  if (runs.some(({ status }) => status === 'running')) return 'training';
  // A run of which other tables need more is not finished, yet measured here.
  const missing = runs.filter(
    ({ key, status }) =>
      status !== 'finished' &&
      status !== 'diverged' &&
      !seedsOf([key]).some((seed) => measured.includes(seed)),
  );
  if (result !== null && missing.length === 0) return 'measured';
  if (missing.length > 0 && missing.every(({ key }) => isQueued(key))) return 'waiting';
  if (missing.some(({ status }) => status === 'failed' || status === 'blocked')) return 'failed';
  return 'open';
}

/** Whether a list of nets, trainings or single seeds holds a run; null holds all. */
export function holds(only: readonly string[] | null, key: string): boolean {
  return only === null || only.some((name) => namesRun(name, key));
}

/** The lowest errors of a table; null where nothing was measured. */
export function lowestErrors(rows: readonly Pick<StudyTableRow, 'result'>[]): {
  top1: number | null;
  top5: number | null;
} {
  const results = rows.flatMap(({ result }) => (result === null ? [] : [result]));
  const lowest = (values: number[]) => (values.length === 0 ? null : Math.min(...values));
  return {
    top1: lowest(results.map(({ top1Error }) => top1Error)),
    top5: lowest(results.map(({ top5Error }) => top5Error)),
  };
}

/** Everything that decides a number, in one sentence. */
export function protocolSentence({ protocol, images, dataset, seeds }: Result): string {
  const over = seeds.length === 1 ? `seed ${seeds.join()}` : `mean over seeds ${seeds.join(', ')}`;
  return `${protocol}; ${images} validation images of ${dataset}; ${over}`;
}

/** What a link to a run of a row says: its seed, and its net where the row has several. */
export function runText(key: string, keys: readonly string[]): string {
  const netOf = (each: string) => parseRunKey(each).net;
  const isOneOfSeveral = new Set(keys.map(netOf)).size > 1;
  return `${isOneOfSeveral ? `${netOf(key)}, ` : ''}seed ${seedsOf([key]).join()}`;
}

/** The seeds of a study, in order: of `D@256#2` it is 2. */
export function seedsOf(keys: readonly string[]): number[] {
  const seeds = keys.map((key) => parseRunKey(key).seed).filter((seed) => seed !== undefined);
  return [...new Set(seeds)].sort((one, other) => one - other);
}
