import type { Rows } from '../storage/Rows.ts';
import type { Tensor } from '../tensorflow.ts';
import type { NeededGradients } from './Convolved.ts';

/** What a fully-connected layer reads: [rows, inputs], [inputs, outputs], [outputs]. */
export interface FcTensors {
  rows: Tensor;
  weight: Tensor;
  bias: Tensor;
}

/** Gradients of the loss, each owned by the caller; undefined where they were not needed. */
export interface FcGradients {
  byRows?: Tensor | undefined;
  byWeight?: Tensor | undefined;
  byBias?: Tensor | undefined;
}

/** Takes the gradient by some inputs' weights, [inputs of the part, outputs], and owns it from then on. */
export type TakePart = (gradient: Tensor, rows: Rows) => void;

/** A fully-connected layer that has run, with all that its backward pass needs besides the rows, which it does not own. */
export interface Connected {
  /** [rows, outputs], freed by {@link backward} or {@link release}. */
  readonly output: Tensor;

  /**
   * Takes over the gradient by the output, disposes it, and frees all that was kept.
   *
   * @param takePart is given the gradient by a great weight in parts, after the weight was used for the last time, so that
   *   it may be updated; `byWeight` is undefined then. By default, and where the layer cannot, the gradient is whole.
   */
  backward(gradient: Tensor, weight: Tensor, needed: NeededGradients, takePart?: TakePart): FcGradients;

  /** Frees all that was kept, instead of a backward pass. */
  release(): void;
}
