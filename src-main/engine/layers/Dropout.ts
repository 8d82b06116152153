import { ownKernels } from '../kernels.ts';
import { execute, floatAttribute } from '../ops/execute.ts';
import { multiply } from '../ops/pointwise.ts';
import { dropoutMask } from '../ops/random.ts';
import { slice } from '../ops/shape.ts';
import { tensorflow, type Tensor } from '../tensorflow.ts';

/** Which rows of which mask: that of a batch [images, channels] follows from the keys alone. */
export interface DropoutRows {
  keys: readonly [number, number];
  rate: number;
  images: number;
  channels: number;
  /** The rows from `begin` on, as many as `count`. */
  begin: number;
  count: number;
}

/** Dropout of some rows of a batch: forward and, by the same mask, backward. */
export interface Dropout {
  /** The rows [count, channels] times the mask: 0 with probability `rate`, else 1 / (1 − rate). Owned by the caller. */
  apply(rows: Tensor): Tensor;

  /** Frees what was kept. */
  release(): void;
}

/** By the workbench's own kernels where there are any, else by TensorFlow's operations: the mask is the same. */
export function dropoutOf(rows: DropoutRows): Dropout {
  return ownKernels() === null ? new TensorFlowDropout(rows) : new OwnDropout(rows);
}

/** Makes the mask anew each time, which takes less time than writing and reading it. */
export class OwnDropout implements Dropout {
  readonly #rows: DropoutRows;

  constructor(rows: DropoutRows) {
    this.#rows = rows;
  }

  apply(values: Tensor): Tensor {
    const { keys, rate, begin, channels } = this.#rows;
    using place = tensorflow().tf.tensor1d([...keys, begin * channels], 'int32');
    const attributes = [floatAttribute('rate', rate), floatAttribute('scale', 1 / (1 - rate))];
    return execute('VggDropOut', attributes, [values, place]);
  }

  release(): void {
    // Nothing is kept.
  }
}

export class TensorFlowDropout implements Dropout {
  readonly #mask: Tensor;

  constructor({ keys, rate, images, channels, begin, count }: DropoutRows) {
    const mask = dropoutMask([images, channels], rate, keys);
    this.#mask = count === images ? mask : slice(mask, [begin, 0], [count, channels]);
    if (this.#mask !== mask) mask.dispose();
  }

  apply(rows: Tensor): Tensor {
    return multiply(rows, this.#mask);
  }

  release(): void {
    this.#mask.dispose();
  }
}
