import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RunConfig } from '../configuration/schema.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import type { RunLog } from '../runs/RunLog.ts';

/** A weights file and, if it is a run's best checkpoint, that run. */
export interface FoundWeights {
  path: string;
  run: string | null;
}

/**
 * The weights file that `initialisation.from` names.
 *
 * @throws WorkbenchError `initial-weights-missing`, `run-not-found`, `run-ambiguous`
 */
export function initialWeights(log: RunLog, { from }: RunConfig['initialisation']): string | null {
  return findWeights(log, from)?.path ?? null;
}

/** The weights a text names: a file if it exists, else a run's best checkpoint. Throws like {@link initialWeights}. */
export function findWeights(log: RunLog, from: string | null): FoundWeights | null {
  if (from === null) return null;
  if (existsSync(from)) return { path: resolve(from), run: null };
  if (/[/\\]|\.(safetensors|caffemodel|h5|hdf5|pth|pt)$/.test(from)) {
    throw missing(`There is no file ${from}`, 'Check the path of the weights file.');
  }
  const run = log.runs.resolve(from);
  const path = log.folder(run).checkpoint('best');
  if (existsSync(path)) return { path, run };
  throw missing(
    `Run ${run} has no best checkpoint yet`,
    'Train it for an epoch first, or choose another run.',
  );
}

function missing(fact: string, nextStep: string): WorkbenchError {
  return new WorkbenchError('initial-weights-missing', `${fact}.`, nextStep);
}
