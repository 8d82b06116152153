import type { Run } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';

/** A run with the key and the seed that it has in a study, or on a side of a claim. */
export interface PlacedRun {
  key: string;
  seed: number;
  run: Run;
}

/** The runs of a study that are still there. */
export function placedRuns(log: RunLog, study: string): PlacedRun[] {
  return log.studies
    .runsOf(study)
    .flatMap(({ key, runId, seed }) =>
      log.runs.has(runId) ? [{ key, seed, run: log.runs.get(runId) }] : [],
    );
}
