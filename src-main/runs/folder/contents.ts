import type { RunConfig } from '../../configuration/schema.ts';
import type { Checkpoint, Evaluation, RunEnvironment, RunRecord } from '../records.ts';
import { readableCheckpoints, readCheckpoints } from './checkpointFile.ts';
import { readEvaluations } from './evaluationsFile.ts';
import type { RunFolder } from './RunFolder.ts';

/** Everything in a run's folder that the index holds, but for the metrics, which may be too many for the memory. */
export interface Contents {
  record: RunRecord;
  config: RunConfig;
  environment: RunEnvironment | null;
  evaluations: Evaluation[];
  checkpoints: Checkpoint[];
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
  return {
    record: folder.readRecord(),
    config: folder.readConfig(),
    environment: folder.readEnvironment(),
    evaluations: readEvaluations(folder.evaluations),
    checkpoints: checkpoints === 'whole' ? readCheckpoints(folder) : readableCheckpoints(folder),
  };
}
