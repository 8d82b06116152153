import type { Tensor } from '../tensorflow.ts';
import type { Coefficients } from './Coefficients.ts';
import type { Rows } from './Rows.ts';

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

  /** this ← factor · this. */
  scale(factor: number): void;

  /**
   * velocity ← momentum · velocity + gradient + weightDecay · this; this ← this − learningRate · velocity.
   *
   * @param velocity of the same kind as this
   */
  applyMomentum(velocity: Storage, gradient: Tensor, coefficients: Coefficients): void;

  /**
   * Some rows of a matrix, in the same memory: what changes them changes this. Disposed before this is.
   *
   * The first row begins after a multiple of 64 bytes.
   */
  rows(rows: Rows): Storage;

  dispose(): void;
}
