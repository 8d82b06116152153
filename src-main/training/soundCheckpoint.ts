import { existsSync } from 'node:fs';
import { WorkbenchError } from '../foundation/errors.ts';
import { allFinite } from '../foundation/floats.ts';
import { SafetensorsFile } from '../foundation/safetensors.ts';
import { readCheckpoint, type RunState } from './checkpoint.ts';
import { checkpointPath, type CheckpointKind } from './checkpointFiles.ts';

/** The errors of a checkpoint that another checkpoint can make good. */
const unsound = new Set(['weights-corrupt', 'weights-damaged', 'weights-not-finite', 'checkpoint-damaged']);

/** A checkpoint from which a run can go on. */
export interface SoundCheckpoint {
  state: RunState;
  /** Whether its values were compared with checksums; an earlier version wrote none. */
  hasChecksums: boolean;
}

/**
 * Reads a whole checkpoint once and makes sure that a run can go on from it: its values are those that were written, and
 * all of them are finite numbers. Undefined if there is none.
 *
 * @throws WorkbenchError `weights-corrupt`, `weights-not-finite`, `weights-damaged`, `checkpoint-damaged`
 */
export function soundCheckpoint(folder: string, kind: CheckpointKind): SoundCheckpoint | undefined {
  const path = checkpointPath(folder, kind);
  if (!existsSync(path)) return undefined;
  const { state } = readCheckpoint(path);
  const file = new SafetensorsFile(path);
  try {
    for (const name of file.tensors.keys()) {
      if (!allFinite(file.read(name))) throw notFinite(path, name, state.step);
    }
    return { state, hasChecksums: file.checksums !== null };
  } finally {
    file.close();
  }
}

/**
 * The last checkpoint, from which a run goes on. If it is unsound, the error says whether the best one can take its
 * place: a person decides that, since epochs are trained again.
 *
 * @throws WorkbenchError as {@link soundCheckpoint} does
 */
export function soundLast(folder: string): SoundCheckpoint | undefined {
  try {
    return soundCheckpoint(folder, 'last');
  } catch (error) {
    if (!(error instanceof WorkbenchError) || !unsound.has(error.code)) throw error;
    throw new WorkbenchError(error.code, error.message, wayOut(folder), { kind: error.kind, cause: error });
  }
}

function wayOut(folder: string): string {
  const best = bestIfSound(folder);
  if (best) {
    return `Its best checkpoint, after epoch ${best.state.epoch}, is sound: resume the run from it (--from-best, or its button in the window), and the epochs since are trained again.`;
  }
  return 'There is no other checkpoint to resume the run from. Start a new run with initialisation.from weights that it kept of an epoch, or train it anew.';
}

function bestIfSound(folder: string): SoundCheckpoint | undefined {
  try {
    return soundCheckpoint(folder, 'best');
  } catch {
    return undefined;
  }
}

function notFinite(path: string, tensor: string, step: number): WorkbenchError {
  return new WorkbenchError(
    'weights-not-finite',
    `${path}, of step ${step}, holds values of ${tensor} that are no finite numbers.`,
    'Take weights of an earlier epoch.',
    { kind: 'failure' },
  );
}
