import type { RunConfig } from '../../configuration/schema.ts';
import type { Checkpoint, Evaluation, RunEnvironment, RunRecord } from '../records.ts';
import { readableCheckpoints, readCheckpoints } from './checkpointFile.ts';
import { readEvaluations } from './evaluationsFile.ts';
import type { RunFolder } from './RunFolder.ts';

/** What a training leaves in a run's folder, but for the metrics, which may be too many for the memory. */
export interface RunResults {
  environment: RunEnvironment | null;
  evaluations: Evaluation[];
  checkpoints: Checkpoint[];
}

/** Everything there that the index holds, but for the metrics. */
export interface Contents extends RunResults {
  record: RunRecord;
  config: RunConfig;
}

/**
 * Reads a folder before anything is changed.
 *
 * @param checkpoints `whole` refuses a checkpoint that cannot be read; `readable` leaves it out, for the trainer to say
 *   what is wrong with it and what else there is
 * @throws WorkbenchError `run-folder-incomplete`, `record-unreadable`, `evaluations-unreadable`, those of the
 *   configuration; `checkpoint-damaged`, `weights-corrupt`
 */
export function readContents(folder: RunFolder, checkpoints: 'whole' | 'readable'): Contents {
  return { record: folder.readRecord(), config: folder.readConfig(), ...readResults(folder, checkpoints) };
}

/** The same of what a training leaves. @throws WorkbenchError `record-unreadable`, `evaluations-unreadable`, those of checkpoints */
export function readResults(folder: RunFolder, checkpoints: 'whole' | 'readable'): RunResults {
  return {
    environment: folder.readEnvironment(),
    evaluations: readEvaluations(folder.evaluations),
    checkpoints: checkpoints === 'whole' ? readCheckpoints(folder) : readableCheckpoints(folder),
  };
}
