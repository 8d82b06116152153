import { execute, executeAll, intsOf, scalarOf } from '../ops/execute.ts';
import { tensorflow, type Tensor } from '../tensorflow.ts';
import type { Coefficients } from './Coefficients.ts';
import type { Rows } from './Rows.ts';
import type { Storage } from './Storage.ts';

/**
 * A tensor of its own memory that the workbench's kernels write into. So there is nothing to read before each use, which
 * takes as long as a small layer's arithmetic, and an update is one pass.
 */
export class OwnStorage implements Storage {
  readonly #value: Tensor;

  /** Takes over `value`, whose memory nothing else uses. */
  private constructor(value: Tensor) {
    this.#value = value;
  }

  static copyOf(initial: Tensor): OwnStorage {
    return new OwnStorage(execute('VggCopy', [], [initial]));
  }

  static zeros(shape: readonly number[]): OwnStorage {
    using extents = intsOf(shape);
    return new OwnStorage(execute('VggZeros', [], [extents]));
  }

  rows({ first, count }: Rows): OwnStorage {
    using part = intsOf([first, count]);
    return new OwnStorage(execute('VggRows', [], [this.#value, part]));
  }

  with<Result>(use: (value: Tensor) => Result): Result {
    return use(this.#value);
  }

  read(): Tensor {
    return this.#value.clone();
  }

  assign(value: Tensor): void {
    executeAll('VggAssign', [], [this.#value, value], 0);
  }

  addScaled(tensor: Tensor, factor: number): void {
    using scalar = scalarOf(factor);
    executeAll('VggAddScaled', [], [this.#value, tensor, scalar], 0);
  }

  scale(factor: number): void {
    using coefficients = tensorflow().tf.tensor1d([0, factor], 'float32');
    executeAll('VggShiftAndScale', [], [this.#value, coefficients], 0);
  }

  applyMomentum(velocity: Storage, gradient: Tensor, { tensor }: Coefficients): void {
    velocity.with((value) => executeAll('VggApplyMomentum', [], [this.#value, value, gradient, tensor], 0));
  }

  dispose(): void {
    this.#value.dispose();
  }
}
