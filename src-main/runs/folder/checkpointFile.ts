import { existsSync, statSync } from 'node:fs';
import { z } from 'zod';
import { WorkbenchError } from '../../foundation/errors.ts';
import { SafetensorsFile } from '../../foundation/safetensors.ts';
import { checkpointKindsIn, stateKey, type CheckpointKind } from '../../training/checkpointFiles.ts';
import type { Checkpoint } from '../records.ts';
import type { RunFolder } from './RunFolder.ts';

/** The part of a checkpoint's state that the list of checkpoints needs. */
const positionSchema = z.object({ step: z.int().min(0), epoch: z.number().min(0) });

/** The checkpoints in a run's folder. @throws WorkbenchError `checkpoint-damaged` */
export function readCheckpoints(folder: RunFolder): Checkpoint[] {
  return checkpointKindsIn(folder.checkpoints).flatMap((kind) => readCheckpoint(folder, kind) ?? []);
}

/**
 * One checkpoint, if it exists. Its step and epoch are read from the training state it holds.
 *
 * @throws WorkbenchError `checkpoint-damaged`
 */
export function readCheckpoint(folder: RunFolder, kind: CheckpointKind): Checkpoint | undefined {
  const path = folder.checkpoint(kind);
  if (!existsSync(path)) return undefined;
  return { kind, path: folder.checkpointName(kind), ...readPosition(path) };
}

function readPosition(path: string): Pick<Checkpoint, 'step' | 'epoch' | 'bytes' | 'createdAt'> {
  const { size, mtime } = statSync(path);
  try {
    const file = new SafetensorsFile(path);
    file.close();
    const { step, epoch } = positionSchema.parse(JSON.parse(file.metadata[stateKey] ?? 'null'));
    return { step, epoch, bytes: size, createdAt: mtime.toISOString() };
  } catch (error) {
    throw new WorkbenchError(
      'checkpoint-damaged',
      `${path} is not a checkpoint of a run.`,
      'Move the file away: the run is then imported without it.',
      { kind: 'failure', cause: error },
    );
  }
}
