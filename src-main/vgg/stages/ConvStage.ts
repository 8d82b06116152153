import { maxPool, maxPoolGradient } from '../../engine/ops/pooling.ts';
import { addBias, biasGradient, relu, reluGradient } from '../../engine/ops/pointwise.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { Variable } from '../../engine/Variable.ts';
import type { ConvLayer, PoolLayer } from '../layers.ts';
import type { LayerParameters } from '../Parameters.ts';
import { Convolution } from './Convolution.ts';
import { Kept } from './Kept.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/**
 * Convolution, bias, ReLU and, at the end of a block, max-pooling.
 *
 * The pool comes before the bias and the ReLU. Both keep the order of the values of a channel, so the maximum of a
 * window is the same either way, and so are the gradients; but on the pooled map they are a quarter of the work.
 */
export class ConvStage implements Stage {
  readonly #layer: ConvLayer;
  readonly #bias: Variable;
  readonly #convolution: Convolution;
  readonly #pool: PoolLayer | undefined;
  readonly #kept = new Kept<'convolved' | 'pooled' | 'output'>();

  /** @param pool the layer after it, if this stage computes that too */
  constructor(layer: ConvLayer, parameters: LayerParameters, pool?: PoolLayer) {
    this.#layer = layer;
    this.#bias = parameters.bias;
    this.#convolution = new Convolution(layer, parameters.weight);
    this.#pool = pool;
  }

  forward(input: Tensor, { watch }: ForwardPass): Tensor {
    const convolved = this.#convolution.forward(input);
    if (!this.#pool) {
      const output = this.#kept.keep('output', this.#rectified(convolved));
      convolved.dispose();
      watch?.(this.#layer, output);
      return output;
    }
    this.#kept.keep('convolved', convolved);
    if (watch) this.#showUnpooled(convolved, watch);
    const pooled = this.#kept.keep('pooled', maxPool(convolved, this.#pool));
    const output = this.#kept.keep('output', this.#rectified(pooled));
    watch?.(this.#pool, output);
    return output;
  }

  backward(gradient: Tensor, { sink, watch }: BackwardPass, needsInputGradient: boolean): Tensor | undefined {
    watch?.(this.#pool ?? this.#layer, gradient);

    let byOutput = this.#layer.relu ? reluGradient(gradient, this.#kept.get('output')) : gradient.clone();
    gradient.dispose();
    const byBias = sink && biasGradient(byOutput);
    if (this.#pool) {
      const byPooled = byOutput;
      const [convolved, pooled] = [this.#kept.get('convolved'), this.#kept.get('pooled')];
      byOutput = maxPoolGradient(convolved, pooled, byPooled, this.#pool);
      byPooled.dispose();
    }
    this.#kept.release();

    const byInput = this.#convolution.backward(byOutput, sink, needsInputGradient);
    if (byBias) sink(this.#bias, byBias);
    return byInput;
  }

  release(): void {
    this.#convolution.release();
    this.#kept.release();
  }

  #rectified(maps: Tensor): Tensor {
    const biased = this.#bias.with((values) => addBias(maps, values));
    if (!this.#layer.relu) return biased;
    const output = relu(biased);
    biased.dispose();
    return output;
  }

  #showUnpooled(convolved: Tensor, watch: NonNullable<ForwardPass['watch']>): void {
    const output = this.#rectified(convolved);
    watch(this.#layer, output);
    output.dispose();
  }
}
