import type { RequestedEvaluation } from '../configuration/evaluations.ts';
import type { RunConfig } from '../configuration/schema.ts';
import type { StoredError } from '../foundation/errors.ts';
import type { NewRun } from '../runs/newRun.ts';

/** One training of a study. */
export interface PlannedRun {
  /** `D@256-512#1`: net, the paper's S and seed; in a comparison `A/glorot#1`. */
  key: string;
  seed: number;
  /** The run whose weights it starts from. */
  dependsOn: string | null;
  /** The evaluations for all rows that it fills, a single-scale one first. */
  evaluations: RequestedEvaluation[];
  /** Whether it counts as done when its loss becomes NaN: a study may be about divergence. */
  divergenceIsResult: boolean;
  /** Resolved except for `initialisation.from`, which is the run of `dependsOn` once that is trained. */
  config: RunConfig;
}

/** Whether a run that ended with an error counts as done. */
export function isResult({ divergenceIsResult }: PlannedRun, error: StoredError | null): boolean {
  return divergenceIsResult && error?.code === 'training-diverged';
}

/**
 * The run that is to be made of it.
 *
 * @param runIds the runs made so far, by key: it starts from that of `dependsOn`
 */
export function newRunOf(
  { key, config, dependsOn }: PlannedRun,
  runIds: ReadonlyMap<string, string>,
  threads: number | null,
): NewRun {
  const source = dependsOn === null ? undefined : runIds.get(dependsOn);
  return {
    config: {
      ...config,
      training: { ...config.training, threads },
      initialisation: { ...config.initialisation, from: source ?? config.initialisation.from },
    },
    name: key,
  };
}
