import type { Tensor } from '../../engine/tensorflow.ts';
import type { Variable } from '../../engine/Variable.ts';
import type { Layer } from '../layers.ts';

/** Takes the gradient of the loss by a parameter, and owns the tensor from then on. */
export type GradientSink = (parameter: Variable, gradient: Tensor) => void;

/** Gives the dropout mask of a layer for the images now in the net, or nothing at test time. The stage owns it. */
export type DropoutMask = (
  layer: string,
  shape: readonly [rows: number, channels: number],
) => Tensor | undefined;

/** Is shown what belongs to a layer. The tensor is not its own: what it keeps it clones. */
export type Watch = (layer: Layer, tensor: Tensor) => void;

/** How images go through the net. */
export interface ForwardPass {
  dropout: DropoutMask;
  /** Whether batch normalisation goes by the batch and moves its running statistics, or goes by these. */
  training: boolean;
  /** Is shown the output of each layer, after its ReLU and before dropout. */
  watch?: Watch | undefined;
}

/** How the gradient comes back. */
export interface BackwardPass {
  /** Without it, no gradients by parameters are computed. */
  sink?: GradientSink | undefined;
  /**
   * Is shown the gradient by the output of each stage, that is of each layer where none share a stage; of a convolution
   * and its pool, that of the pool.
   */
  watch?: Watch | undefined;
}

/**
 * A link of the chain that a net is.
 *
 * Who owns what: a stage never disposes its input, which is the output of the stage before it. What it keeps for its
 * backward pass is its own, its output among it, and goes as soon as {@link backward} or {@link release} has run. So at
 * each moment memory holds only what is still needed.
 */
export interface Stage {
  /** Computes the output from the input and keeps what {@link backward} will need. */
  forward(input: Tensor, pass: ForwardPass): Tensor;

  /**
   * Takes the gradient by its output (and disposes it), hands the gradients of its parameters to the sink and returns the
   * gradient by its input, or nothing where `needsInputGradient` is false: the first stage of a net.
   */
  backward(gradient: Tensor, pass: BackwardPass, needsInputGradient: boolean): Tensor | undefined;

  /** Frees what was kept, the output included: instead of a backward pass. */
  release(): void;
}
