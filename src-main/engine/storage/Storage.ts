import type { Tensor } from '../tensorflow.ts';
import type { Coefficients } from './Coefficients.ts';

/** Where the value of a variable lies, and how it is changed in place. */
export interface Storage {
  /** Runs `use` with the value, which it must not dispose. The value is that of now only until the next change. */
  with<Result>(use: (value: Tensor) => Result): Result;

  /** The value, without a copy, owned by the caller, who disposes it before the next change. */
  read(): Tensor;

  /** Replaces the value by a copy. */
  assign(value: Tensor): void;

  /** this ← this + factor · tensor. */
  addScaled(tensor: Tensor, factor: number): void;

  /**
   * velocity ← momentum · velocity + gradient + weightDecay · this; this ← this − learningRate · velocity.
   *
   * @param velocity of the same kind as this
   */
  applyMomentum(velocity: Storage, gradient: Tensor, coefficients: Coefficients): void;

  dispose(): void;
}
