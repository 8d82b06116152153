import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import { WorkbenchError } from '../../foundation/errors.ts';
import { checkpointKinds } from '../records.ts';
import type { Checkpoint } from '../records.ts';
import type { RunFolder } from './RunFolder.ts';

const metadataSchema = z.object({ __metadata__: z.record(z.string(), z.string()) });
const positionSchema = z.object({ step: z.coerce.number().int().min(0), epoch: z.coerce.number().min(0) });
const largestHeader = 100 * 1024 * 1024;

/**
 * The checkpoints in a run's folder. Their position stands in the safetensors metadata: as `step` and `epoch`, or in
 * a JSON object that is the value of any key.
 *
 * @throws WorkbenchError `checkpoint-damaged`
 */
export function readCheckpoints(folder: RunFolder): Checkpoint[] {
  return checkpointKinds
    .filter((kind) => existsSync(folder.checkpoint(kind)))
    .map((kind) => ({ kind, path: folder.checkpointName(kind), ...readPosition(folder.checkpoint(kind)) }));
}

function readPosition(path: string): Pick<Checkpoint, 'step' | 'epoch' | 'bytes' | 'createdAt'> {
  const file = openSync(path, 'r');
  try {
    const { size, mtime } = fstatSync(file);
    const length = Number(readBytes(file, 0, 8).readBigUInt64LE());
    if (length > Math.min(size - 8, largestHeader))
      throw new RangeError('the header is longer than the file');
    const { __metadata__: metadata } = metadataSchema.parse(
      JSON.parse(readBytes(file, 8, length).toString('utf8')),
    );
    const positions = [metadata, ...Object.values(metadata).map(jsonOrNull)].map((candidate) =>
      positionSchema.safeParse(candidate),
    );
    const position = positions.find((candidate) => candidate.success)?.data;
    if (position === undefined) throw new RangeError('the metadata names no step and epoch');
    return { ...position, bytes: size, createdAt: mtime.toISOString() };
  } catch (error) {
    throw new WorkbenchError(
      'checkpoint-damaged',
      `${path} is not a checkpoint of a run.`,
      'Move the file away: the run is then imported without it.',
      { kind: 'failure', cause: error },
    );
  } finally {
    closeSync(file);
  }
}

function readBytes(file: number, start: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (readSync(file, bytes, 0, length, start) < length) throw new RangeError('the file ends early');
  return bytes;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
