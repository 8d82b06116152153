import { namesRun, parseRunKey } from '../vocabulary/runKey.ts';
import { runUnknown, type StudyError } from './errors.ts';
import type { PlannedRun } from './PlannedRun.ts';

/**
 * Part of a plan, in the plan's order: the named runs, and every run that one of them starts from.
 *
 * @param only nets (`D`), trainings (`D@256`, in a comparison `D/glorot`) or single seeds of these (`D@256#1`); by
 *   default all
 * @throws WorkbenchError `study-run-unknown`
 */
export function selectRuns(plan: readonly PlannedRun[], only?: readonly string[]): PlannedRun[] {
  if (only === undefined) return [...plan];
  const requested = new Set<string>();
  for (const name of only) {
    const named = plan.filter(({ key }) => namesRun(name, key));
    if (named.length === 0) throw unknown(name, plan);
    for (const { key } of named) requested.add(key);
  }
  // Each run comes after its source, so going backwards meets each run before its source.
  for (const { key, dependsOn } of [...plan].reverse()) {
    if (requested.has(key) && dependsOn !== null) requested.add(dependsOn);
  }
  return plan.filter(({ key }) => requested.has(key));
}

function unknown(name: string, plan: readonly PlannedRun[]): StudyError {
  const nets = [...new Set(plan.map(({ key }) => parseRunKey(key).net))];
  return runUnknown(name, nets, plan[0]?.key ?? 'A@256#1');
}
