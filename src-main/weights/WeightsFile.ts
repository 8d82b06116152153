import { WorkbenchError } from '../foundation/errors.ts';
import type { StoredTensor } from '../foundation/safetensors.ts';
import type { WeightsFormat } from './formats.ts';

/** A weights file open for reading, whatever wrote it. Its tensors are known at once, their values read when asked for. */
export interface WeightsFile {
  readonly path: string;
  readonly format: WeightsFormat;
  /** By name: `LAYER.weight`, `LAYER.bias` and, of a normalisation, its running statistics. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** What the file says of itself beside its tensors; empty for formats that say nothing. */
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * The values of a tensor as float32, in the order in which they are stored.
   *
   * @throws WorkbenchError `weights-damaged` if it is missing, of a type that holds no weights, or cut short
   */
  read(name: string): Float32Array;
  close(): void;
}

/** What is wrong with a file that cannot be read as it should. */
export function damaged(path: string, fact: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'weights-damaged',
    `${path} cannot be used: ${fact}.`,
    'Fetch or write the file anew: it must be complete, and its weights float32, float16 or bfloat16.',
    cause === undefined ? {} : { cause },
  );
}

/** The number of values that a shape stands for. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
