import { ownKernels } from './kernels.ts';
import type { Coefficients } from './storage/Coefficients.ts';
import { OwnStorage } from './storage/OwnStorage.ts';
import { ResourceStorage } from './storage/ResourceStorage.ts';
import type { Rows } from './storage/Rows.ts';
import type { Storage } from './storage/Storage.ts';
import { tensorflow, type Tensor } from './tensorflow.ts';

/**
 * A tensor that is updated in place: a weight, a velocity, a sum of gradients.
 *
 * Two copies of fc6 alone are 800 MB, and writing a fresh one at each step takes longer than the arithmetic.
 */
export class Variable {
  readonly shape: readonly number[];
  readonly #storage: Storage;

  private constructor(shape: readonly number[], storage: Storage) {
    this.shape = shape;
    this.#storage = storage;
  }

  /** Takes over `initial` and disposes it. */
  static of(initial: Tensor): Variable {
    const storage = ownKernels() === null ? new ResourceStorage(initial) : OwnStorage.copyOf(initial);
    initial.dispose();
    return new Variable(initial.shape, storage);
  }

  static zeros(shape: readonly number[]): Variable {
    if (ownKernels() !== null) return new Variable(shape, OwnStorage.zeros(shape));
    // Filled by TensorFlow: `zeros` would make them in JavaScript.
    return Variable.of(tensorflow().tf.fill([...shape], 0));
  }

  get size(): number {
    return this.shape.reduce((product, extent) => product * extent, 1);
  }

  /** Replaces the value. Takes over `value` and disposes it. */
  assign(value: Tensor): void {
    this.#storage.assign(value);
    value.dispose();
  }

  /**
   * The value, without a copy, owned by the caller. Dispose it before the next update, which would otherwise change it, or
   * copy all of it.
   */
  read(): Tensor {
    return this.#storage.read();
  }

  /** Runs `use` with the value, which it neither keeps nor disposes. */
  with<Result>(use: (value: Tensor) => Result): Result {
    return this.#storage.with(use);
  }

  /** Some rows of a matrix, which change with it. The caller disposes them before this. */
  rows(rows: Rows): Variable {
    return new Variable([rows.count, ...this.shape.slice(1)], this.#storage.rows(rows));
  }

  /** this ← this + tensor. */
  add(tensor: Tensor): void {
    this.addScaled(tensor, 1);
  }

  /** this ← this + factor · tensor. */
  addScaled(tensor: Tensor, factor: number): void {
    this.#storage.addScaled(tensor, factor);
  }

  /** this ← factor · this. */
  scale(factor: number): void {
    this.#storage.scale(factor);
  }

  /** velocity ← momentum · velocity + gradient + weightDecay · this; this ← this − learningRate · velocity. */
  applyMomentum(velocity: Variable, gradient: Tensor, coefficients: Coefficients): void {
    this.#storage.applyMomentum(velocity.#storage, gradient, coefficients);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  dispose(): void {
    this.#storage.dispose();
  }
}
