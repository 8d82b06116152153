import { ownKernels } from './kernels.ts';
import type { Coefficients } from './storage/Coefficients.ts';
import { OwnStorage } from './storage/OwnStorage.ts';
import { ResourceStorage } from './storage/ResourceStorage.ts';
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

  /** Takes over `initial` and disposes it. */
  constructor(initial: Tensor) {
    this.shape = initial.shape;
    this.#storage = ownKernels() === null ? new ResourceStorage(initial) : new OwnStorage(initial);
    initial.dispose();
  }

  static zeros(shape: readonly number[]): Variable {
    return new Variable(tensorflow().tf.zeros([...shape]));
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

  /** this ← this + tensor. */
  add(tensor: Tensor): void {
    this.addScaled(tensor, 1);
  }

  /** this ← this + factor · tensor. */
  addScaled(tensor: Tensor, factor: number): void {
    this.#storage.addScaled(tensor, factor);
  }

  /** velocity ← momentum · velocity + gradient + weightDecay · this; this ← this − learningRate · velocity. */
  applyMomentum(velocity: Variable, gradient: Tensor, coefficients: Coefficients): void {
    this.#storage.applyMomentum(velocity.#storage, gradient, coefficients);
  }

  dispose(): void {
    this.#storage.dispose();
  }
}
