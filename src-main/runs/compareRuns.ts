import { describeKeys } from '../configuration/keys.ts';
import type { RunConfig } from '../configuration/schema.ts';
import { ownResult } from './ownEvaluation.ts';
import type { Evaluation, Run } from './records.ts';

/** Several runs side by side: only what differs, and the result of each. */
export interface RunComparison {
  runs: ComparedRun[];
  /** The keys of the configuration in which the runs differ, with a value for each run in order. */
  differences: { key: string; values: unknown[] }[];
}

/** Errors in %, by each run's own protocol; null before there is one. */
export interface ComparedRun extends Pick<Run, 'id' | 'name' | 'status'> {
  top1Error: number | null;
  top5Error: number | null;
}

export function compareRuns(
  entries: readonly { run: Run; evaluations: readonly Evaluation[] }[],
): RunComparison {
  const differences = describeKeys().flatMap(({ key }) => {
    const values = entries.map(({ run }) => valueAt(run.config, key));
    return new Set(values.map((value) => JSON.stringify(value))).size > 1 ? [{ key, values }] : [];
  });
  const runs = entries.map(({ run, evaluations }) => {
    const result = ownResult(run, evaluations);
    return {
      id: run.id,
      name: run.name,
      status: run.status,
      top1Error: result?.top1Error ?? null,
      top5Error: result?.top5Error ?? null,
    };
  });
  return { runs, differences };
}

function valueAt(config: RunConfig, key: string): unknown {
  let value: unknown = config;
  for (const name of key.split('.')) value = (value as Record<string, unknown>)[name];
  return value;
}
