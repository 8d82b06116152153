import { existsSync, statSync } from 'node:fs';
import { WorkbenchError } from '../../foundation/errors.ts';
import { identityOf } from '../../foundation/files.ts';
import { Recent } from '../../foundation/Recent.ts';
import {
  predictionsKey,
  predictionsPath,
  readHits,
  readPredictions,
  type ImagePrediction,
} from '../../runs/folder/predictionsFile.ts';
import type { Evaluation, Run } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';

/** Limit in bytes of the files; parsed, a file needs about ten times its size. */
const maxBytes = 30e6;

/** The predictions kept with evaluations; the most recently read files stay in memory until they change. */
export class PredictionFiles {
  readonly #read = new Recent<ImagePrediction[]>(maxBytes);

  /** The evaluations of a run that have predictions, newest first, by their key. */
  evaluationsOf(log: RunLog, id: string): Map<string, Evaluation> {
    const folder = log.folder(id);
    return new Map(
      log.evaluations
        .of(id)
        .toReversed()
        .map((evaluation) => [predictionsKey(evaluation), evaluation] as const)
        .filter(([key]) => existsSync(predictionsPath(folder, key))),
    );
  }

  /** Which images are right, by name. @throws WorkbenchError those of {@link read} */
  hits(log: RunLog, id: string, key: string): ReturnType<typeof readHits> {
    const path = predictionsPath(log.folder(id), key);
    return existsSync(path) ? readHits(path, outputsOf(log.runs.get(id))) : Promise.reject(missing(id, key));
  }

  /** @throws WorkbenchError `predictions-missing`, `predictions-unreadable` */
  async read(log: RunLog, id: string, key: string): Promise<ImagePrediction[]> {
    if (!this.evaluationsOf(log, id).has(key)) throw missing(id, key);
    const path = predictionsPath(log.folder(id), key);
    return await this.#read.get(identityOf(path), async () => ({
      value: await readPredictions(path, outputsOf(log.runs.get(id))),
      bytes: statSync(path).size,
    }));
  }
}

/** A run that was scored knows its images; one without may come from elsewhere, and then no class is sure. */
function outputsOf({ config, dataset }: Run): number {
  return config.network.classes ?? dataset?.classes ?? 0;
}

function missing(id: string, key: string): WorkbenchError {
  return new WorkbenchError(
    'predictions-missing',
    `Run ${id} has no predictions ${key}.`,
    'Evaluate the run again: each evaluation keeps its predictions.',
  );
}
