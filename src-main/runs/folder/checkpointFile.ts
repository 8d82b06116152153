import { existsSync, statSync } from 'node:fs';
import { z } from 'zod';
import { WorkbenchError } from '../../foundation/errors.ts';
import { SafetensorsFile } from '../../foundation/safetensors.ts';
import { checkpointKindsIn, stateKey, type CheckpointKind } from '../../training/checkpointFiles.ts';
import type { Checkpoint } from '../records.ts';
import type { RunFolder } from './RunFolder.ts';

/** The part of a checkpoint's state that the list of checkpoints needs. */
const positionSchema = z.object({ step: z.int().min(0), epoch: z.number().min(0) });

/** The checkpoints in a run's folder. @throws WorkbenchError `checkpoint-damaged`, `weights-corrupt` */
export function readCheckpoints(folder: RunFolder): Checkpoint[] {
  return checkpointKindsIn(folder.checkpoints).flatMap((kind) => readCheckpoint(folder, kind) ?? []);
}

/** Those that can be read. */
export function readableCheckpoints(folder: RunFolder): Checkpoint[] {
  return checkpointKindsIn(folder.checkpoints).flatMap((kind) => {
    try {
      return readCheckpoint(folder, kind) ?? [];
    } catch {
      return [];
    }
  });
}

/**
 * One checkpoint, if it exists. Its step and epoch are read from the training state it holds.
 *
 * @throws WorkbenchError `checkpoint-damaged`, `weights-corrupt`
 */
export function readCheckpoint(folder: RunFolder, kind: CheckpointKind): Checkpoint | undefined {
  const path = folder.checkpoint(kind);
  if (!existsSync(path)) return undefined;
  return { kind, path: folder.checkpointName(kind), ...readPosition(path) };
}

/**
 * Reads all checkpoints of a run's folder and compares them with their checksums. Other work runs in between.
 *
 * @throws WorkbenchError `checkpoint-damaged`, `weights-corrupt`, `weights-damaged`
 */
export async function requireIntactCheckpoints(folder: RunFolder): Promise<void> {
  for (const { kind } of readCheckpoints(folder)) {
    const file = new SafetensorsFile(folder.checkpoint(kind));
    try {
      await file.requireIntact();
    } finally {
      file.close();
    }
  }
}

function readPosition(path: string): Pick<Checkpoint, 'step' | 'epoch' | 'bytes' | 'createdAt'> {
  const { size, mtime } = statSync(path);
  try {
    const file = new SafetensorsFile(path);
    file.close();
    const { step, epoch } = positionSchema.parse(JSON.parse(file.metadata[stateKey] ?? 'null'));
    return { step, epoch, bytes: size, createdAt: mtime.toISOString() };
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'weights-corrupt') throw error;
    throw new WorkbenchError(
      'checkpoint-damaged',
      `${path} is not a checkpoint of a run.`,
      'Move the file away: the run is then imported without it.',
      { kind: 'failure', cause: error },
    );
  }
}
