import type { Tensor } from '../../engine/tensorflow.ts';
import type { Variable } from '../../engine/Variable.ts';

/** Takes the gradient of the loss by a parameter, and owns the tensor from then on. */
export type GradientSink = (parameter: Variable, gradient: Tensor) => void;

/** Gives the dropout mask of a layer for the images now in the net, or nothing at test time. The stage owns it. */
export type DropoutMask = (
  layer: string,
  shape: readonly [rows: number, channels: number],
) => Tensor | undefined;

/**
 * A link of the chain that a VGG net is.
 *
 * Who owns what: a stage never disposes its input, which is the output of the stage before it. What it keeps for its
 * backward pass is its own, its output among it, and goes as soon as {@link backward} or {@link release} has run. So at
 * each moment memory holds only what is still needed.
 */
export interface Stage {
  readonly name: string;

  /** Computes the output from the input and keeps what {@link backward} will need. */
  forward(input: Tensor, dropout: DropoutMask): Tensor;

  /**
   * Takes the gradient by its output (and disposes it), hands the gradients of its parameters to the sink and returns the
   * gradient by its input, or nothing where `needsInputGradient` is false: the first stage of a net.
   */
  backward(gradient: Tensor, sink: GradientSink, needsInputGradient: boolean): Tensor | undefined;

  /** Frees what was kept, the output included: instead of a backward pass. */
  release(): void;
}
