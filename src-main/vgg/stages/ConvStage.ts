import type { Tensor } from '../../engine/tensorflow.ts';
import type { ConvLayer, PoolLayer } from '../layers.ts';
import type { LayerParameters } from '../Parameters.ts';
import { Convolution } from './Convolution.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/** Convolution, bias, ReLU and, at the end of a block, max-pooling. */
export class ConvStage implements Stage {
  readonly #layer: ConvLayer;
  readonly #pool: PoolLayer | undefined;
  readonly #convolution: Convolution;

  /** @param pool the layer after it, if this stage computes that too */
  constructor(layer: ConvLayer, { weight, bias }: LayerParameters, pool?: PoolLayer) {
    this.#layer = layer;
    this.#pool = pool;
    this.#convolution = new Convolution(layer, weight, { bias, relu: layer.relu, pool });
  }

  forward(input: Tensor, { watch, precision }: ForwardPass): Tensor {
    const output = this.#convolution.forward(input, precision);
    if (!watch) return output;
    if (this.#pool) {
      this.#convolution.showUnpooled(input, (unpooled) => {
        watch(this.#layer, unpooled);
      });
    }
    watch(this.#pool ?? this.#layer, output);
    return output;
  }

  backward(gradient: Tensor, { sink, watch }: BackwardPass, needsInputGradient: boolean): Tensor | undefined {
    watch?.(this.#pool ?? this.#layer, gradient);
    return this.#convolution.backward(gradient, sink, needsInputGradient);
  }

  release(): void {
    this.#convolution.release();
  }
}
