import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RunConfig } from '../configuration/schema.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import type { RunLog } from '../runs/RunLog.ts';

/**
 * The weights file that `initialisation.from` stands for: a path if there is such a file, else a run's best checkpoint.
 *
 * @throws WorkbenchError `initial-weights-missing`, `run-not-found`, `run-ambiguous`
 */
export function initialWeights(log: RunLog, { from }: RunConfig['initialisation']): string | null {
  if (from === null) return null;
  if (existsSync(from)) return resolve(from);
  if (/[/\\]|\.safetensors$/.test(from)) {
    throw missing(`There is no file ${from}`, 'Check the path in initialisation.from.');
  }
  const id = log.runs.resolve(from);
  const path = log.folder(id).checkpoint('best');
  if (existsSync(path)) return path;
  throw missing(
    `Run ${id} has no best checkpoint yet`,
    'Train it for an epoch first, or choose another run.',
  );
}

function missing(fact: string, nextStep: string): WorkbenchError {
  return new WorkbenchError('initial-weights-missing', `${fact}.`, nextStep);
}
