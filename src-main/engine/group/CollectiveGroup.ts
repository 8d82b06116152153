import { WorkbenchError } from '../../foundation/errors.ts';
import { add } from '../ops/pointwise.ts';
import { concatenate, slice } from '../ops/shape.ts';
import { execute, floatAttribute, ofFloats, stringAttribute } from '../ops/execute.ts';
import { engineFacts, tensorflow, type Tensor } from '../tensorflow.ts';
import type { Group } from './Group.ts';
import type { Membership } from './serverDef.ts';

/** Values sent at once: 10 MB. Less costs a message each, and with much more TensorFlow's gRPC slows down. */
const piece = 2.5e6;

/** How long the others may take to start; from then on, one that is gone is noticed by its closed connection. */
const secondsToMeet = 120;

/**
 * A group over TensorFlow's own collective operations: gRPC between CPUs, NCCL between GPUs. The process has joined it by
 * `openTensorFlow`.
 */
export class CollectiveGroup implements Group {
  readonly rank: number;
  readonly size: number;
  readonly #size: Tensor;
  readonly #key: Tensor;
  #operations = 0;

  /**
   * Waits until all processes are there.
   *
   * @throws WorkbenchError `group-incomplete`
   */
  constructor({ addresses, rank }: Membership) {
    this.rank = rank;
    this.size = addresses.length;
    this.#size = tensorflow().tf.scalar(this.size, 'int32');
    this.#key = tensorflow().tf.scalar(1, 'int32');
    try {
      using here = tensorflow().tf.tensor1d([rank], 'float32');
      this.#run('CollectiveGatherV2', here, secondsToMeet).dispose();
    } catch (error) {
      throw incomplete(this, error);
    }
  }

  gather(values: Float32Array): Float32Array[] {
    using own = tensorflow().tf.tensor1d(values, 'float32');
    using all = this.#exchange('CollectiveGatherV2', own);
    const read = all.dataSync<'float32'>();
    const { length } = values;
    return Array.from({ length: this.size }, (_, rank) => read.subarray(rank * length, (rank + 1) * length));
  }

  sum(tensor: Tensor): Tensor {
    const parts: Tensor[] = [];
    for (let begin = 0; begin < tensor.size; begin += piece) {
      using part = slice(tensor, [begin], [Math.min(piece, tensor.size - begin)]);
      parts.push(this.#sumOfPiece(part));
    }
    return concatenate(parts);
  }

  /**
   * Each process gets its share of the values from all of them, adds these up and gives the result to all. It sends as much
   * as TensorFlow's CollectiveReduce, whose ring adds each share in another order: with three processes or more, the bits
   * would be others than those of micro-batches.
   */
  #sumOfPiece(values: Tensor): Tensor {
    const share = Math.ceil(values.size / this.size);
    using shares = padded(values, share * this.size);
    using rows = shares.reshape([this.size, share]);
    using mine = this.#exchange('CollectiveAllToAllV2', rows);
    using total = sumOfRows(mine, share);
    using all = this.#exchange('CollectiveGatherV2', total);
    return slice(all, [0], [values.size]);
  }

  /** @throws WorkbenchError `peer-lost`, and those of memory */
  #exchange(operation: string, tensor: Tensor): Tensor {
    try {
      return this.#run(operation, tensor, 0);
    } catch (error) {
      if (error instanceof WorkbenchError) throw error;
      throw lost(this, error);
    }
  }

  /** @param timeout in seconds; 0 for none */
  #run(operation: string, tensor: Tensor, timeout: number): Tensor {
    using instance = tensorflow().tf.scalar(++this.#operations, 'int32');
    const hint = engineFacts().device === 'gpu' ? 'nccl' : 'auto';
    return execute(
      operation,
      [ofFloats(), stringAttribute('communication_hint', hint), floatAttribute('timeout_seconds', timeout)],
      [tensor, this.#size, this.#key, instance],
    );
  }
}

/** The values, and zeros up to a length. */
function padded(values: Tensor, length: number): Tensor {
  if (values.size === length) return values.clone();
  const zeros = tensorflow().tf.zeros([length - values.size]);
  return concatenate([values.clone(), zeros]);
}

/** The rows [rows, length] added up, the first two first: [length]. */
function sumOfRows(rows: Tensor, length: number): Tensor {
  let total = row(rows, 0, length);
  for (let next = 1; next < rows.shape[0]; next++) {
    using one = row(rows, next, length);
    using before = total;
    total = add(before, one);
  }
  return total;
}

function row(rows: Tensor, index: number, length: number): Tensor {
  using one = slice(rows, [index, 0], [1, length]);
  return one.reshape([length]);
}

function incomplete({ rank, size }: Group, error: unknown): WorkbenchError {
  return new WorkbenchError(
    'group-incomplete',
    `Process ${rank + 1} of ${size} did not find the others within ${secondsToMeet} seconds: ${textOf(error)}`,
    'Look whether each of them was started, and whether the machines reach each other at these addresses.',
    { kind: 'interrupted', cause: error },
  );
}

function lost({ rank, size }: Group, error: unknown): WorkbenchError {
  return new WorkbenchError(
    'peer-lost',
    `Process ${rank + 1} of ${size} lost another one: ${textOf(error)}`,
    'Resume the run: it goes on from its last checkpoint.',
    { kind: 'interrupted', cause: error },
  );
}

/** TensorFlow appends details for its developers on further lines. */
function textOf(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return first;
}
