import { convolve } from '../../engine/layers/convolve.ts';
import type { Convolved } from '../../engine/layers/Convolved.ts';
import type { PoolWindows } from '../../engine/ops/pooling.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { Variable } from '../../engine/Variable.ts';
import type { Precision } from '../../vocabulary/kernels.ts';
import type { ConvLayer } from '../layers.ts';
import type { BackwardPass } from './Stage.ts';

/** What of a layer is computed with its convolution. */
interface Following {
  bias?: Variable;
  relu: boolean;
  pool?: PoolWindows | undefined;
}

/** The convolution shared by the stages of convolutional layers, with what follows it. */
export class Convolution {
  readonly #layer: ConvLayer;
  readonly #weight: Variable;
  readonly #following: Following;
  #convolved: Convolved | undefined;

  constructor(layer: ConvLayer, weight: Variable, following: Following) {
    this.#layer = layer;
    this.#weight = weight;
    this.#following = following;
  }

  /** Keeps what {@link backward} will need, the result included. */
  forward(input: Tensor, precision: Precision): Tensor {
    this.#convolved = this.#run(input, this.#following.pool, precision);
    return this.output;
  }

  /** The result of {@link forward}. */
  get output(): Tensor {
    return this.#kept().output;
  }

  /** The result without the pool, for which it is computed once more. */
  showUnpooled(input: Tensor, show: (output: Tensor) => void): void {
    const convolved = this.#run(input, undefined, 'float32');
    show(convolved.output);
    convolved.release();
  }

  /**
   * Takes the gradient by the result (and disposes it), passes the gradients by weight and bias to the sink and
   * returns the one by the input, or nothing where it is not needed.
   */
  backward(gradient: Tensor, sink: BackwardPass['sink'], needsInputGradient: boolean): Tensor | undefined {
    const convolved = this.#kept();
    this.#convolved = undefined;
    const { byMaps, byFilter, byBias } = this.#weight.with((filter) =>
      convolved.backward(gradient, filter, { input: needsInputGradient, parameters: sink !== undefined }),
    );
    if (byFilter) sink?.(this.#weight, byFilter);
    if (byBias && this.#following.bias) sink?.(this.#following.bias, byBias);
    return byMaps;
  }

  release(): void {
    this.#convolved?.release();
    this.#convolved = undefined;
  }

  #kept(): Convolved {
    if (!this.#convolved) throw new Error('backward() comes after forward().');
    return this.#convolved;
  }

  #run(maps: Tensor, pool: PoolWindows | undefined, precision: Precision): Convolved {
    const { bias, relu } = this.#following;
    const settings = { stride: this.#layer.stride, relu, pool, precision };
    return this.#weight.with((filter) =>
      bias
        ? bias.with((values) => convolve({ maps, filter, bias: values }, settings))
        : convolve({ maps, filter, bias: undefined }, settings),
    );
  }
}
