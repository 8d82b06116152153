import type { Dropout } from '../../engine/layers/Dropout.ts';
import type { Rows } from '../../engine/storage/Rows.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { Variable } from '../../engine/Variable.ts';
import type { Precision } from '../../vocabulary/kernels.ts';
import type { Layer } from '../layers.ts';

/**
 * Takes the gradient of the loss by a parameter, and owns the tensor from then on.
 *
 * @param rows those of the parameter that the gradient is of, where it comes in parts
 */
export type GradientSink = (parameter: Variable, gradient: Tensor, rows?: Rows) => void;

/** Gives the dropout of a layer for the images now in the net, or nothing at test time. The stage releases it. */
export type DropoutOf = (layer: string, channels: number) => Dropout | undefined;

/** Called with a tensor that belongs to a layer. It does not own the tensor: it has to clone what it keeps. */
export type Watch = (layer: Layer, tensor: Tensor) => void;

/** Settings of a forward pass. */
export interface ForwardPass {
  dropout: DropoutOf;
  /** Whether batch normalisation uses the batch's statistics and updates the running ones, or uses the running ones. */
  training: boolean;
  /** What convolutions multiply, in this pass and in the backward pass after it. */
  precision: Precision;
  /** Called with the output of each layer, after its ReLU and before dropout. */
  watch?: Watch | undefined;
}

/** Settings of a backward pass. */
export interface BackwardPass {
  /** Without it, no gradients by parameters are computed. */
  sink?: GradientSink | undefined;
  /** Whether the sink takes a gradient in parts: that by fc6 then never lies in memory as a whole. */
  inParts?: boolean;
  /**
   * Called with the gradient by the output of each stage. That is each layer's output, except that a convolution and a
   * pool that share a stage give only the pool's.
   */
  watch?: Watch | undefined;
}

/**
 * A link of the chain that a net is.
 *
 * Ownership: a stage never disposes its input, which is the output of the stage before it. It owns what it keeps for
 * its backward pass, its output included, and frees it as soon as {@link backward} or {@link release} has run. So
 * memory never holds more than is still needed.
 */
export interface Stage {
  /** Computes the output from the input and keeps what {@link backward} will need. */
  forward(input: Tensor, pass: ForwardPass): Tensor;

  /**
   * Takes the gradient by its output (and disposes it), passes the gradients by its parameters to the sink and returns
   * the gradient by its input, or nothing where `needsInputGradient` is false: the first stage of a net.
   */
  backward(gradient: Tensor, pass: BackwardPass, needsInputGradient: boolean): Tensor | undefined;

  /** Frees what was kept, the output included: instead of a backward pass. */
  release(): void;
}
