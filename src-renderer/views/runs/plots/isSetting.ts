import type { RunColumn } from '../columns.ts';

/** What the list has a column of its own for, though it is chosen for a run and not measured. */
const ofTheRun: ReadonlySet<string> = new Set(['net', 'trainScale', 'testScales', 'dataset', 'seed']);

/** Whether a column is what somebody chose for a run. */
export function isSetting({ id, kind }: Pick<RunColumn, 'id' | 'kind'>): boolean {
  return kind === 'setting' || ofTheRun.has(id);
}
