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

/** A fully-connected layer that has run, with all that its backward pass needs besides the rows, which it does not own. */
export interface Connected {
  /** [rows, outputs], freed by {@link backward} or {@link release}. */
  readonly output: Tensor;

  /** Takes over the gradient by the output, disposes it, and frees all that was kept. */
  backward(gradient: Tensor, weight: Tensor, needed: NeededGradients): FcGradients;

  /** Frees all that was kept, instead of a backward pass. */
  release(): void;
}
