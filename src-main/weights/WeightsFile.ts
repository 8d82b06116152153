import type { Channels } from '../configuration/schema.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import type { StoredTensor } from '../foundation/safetensorsHeader.ts';
import type { WeightsFormat } from './formats.ts';

/** A weights file of any format, open for reading. Its tensors are known at once, their values are read on request. */
export interface WeightsFile {
  readonly path: string;
  readonly format: WeightsFormat;
  /** By name: `LAYER.weight`, `LAYER.bias` and, for a normalisation, its running statistics. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Whether the tensors stand in the order in which the net computes; else their order tells nothing. */
  readonly isOrdered: boolean;
  /** What a person should know of how the file was read, each a sentence. */
  readonly notes: readonly string[];
  /** The file's own metadata; empty for formats that have none. */
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * The values of a tensor as float32, in the order in which they are stored.
   *
   * @throws WorkbenchError `weights-damaged` if it is missing, of a type that holds no weights, or cut short
   */
  read(name: string): Float32Array;
  close(): void;
}

/** Whether a file itself states the order of its channels, the mean and the deviation; else they are usual in its format. */
export function isStated({ format }: Pick<WeightsFile, 'format'>): boolean {
  return format.name === 'workbench';
}

/** The file with another order of channels, unless it states its own. @param channels null keeps that of the format */
export function readAs(file: WeightsFile, channels: Channels | null): WeightsFile {
  if (channels === null || isStated(file)) return file;
  return { ...file, format: { ...file.format, channels } };
}

/** The error for a file that is damaged. */
export function damaged(path: string, fact: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'weights-damaged',
    `${path} cannot be used: ${fact}.`,
    'Fetch or write the file anew: it must be complete.',
    cause === undefined ? {} : { cause },
  );
}

/** The number of values in a shape. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
