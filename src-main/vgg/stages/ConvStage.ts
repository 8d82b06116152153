import { convolve, filterGradient, mapsGradient } from '../../engine/ops/convolution.ts';
import { maxPool, maxPoolGradient } from '../../engine/ops/pooling.ts';
import { addBias, biasGradient, relu, reluGradient } from '../../engine/ops/pointwise.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import { weightShape, type ConvLayer, type PoolLayer } from '../layers.ts';
import type { LayerParameters } from '../Parameters.ts';
import { Kept } from './Kept.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/**
 * Convolution, bias, ReLU and, at the end of a block, max-pooling.
 *
 * The pool comes before the bias and the ReLU. Both keep the order of the values of a channel, so the greatest of a window
 * is the same either way, and so are the gradients; but on the pooled map they are a quarter of the work.
 */
export class ConvStage implements Stage {
  readonly #layer: ConvLayer;
  readonly #parameters: LayerParameters;
  readonly #pool: PoolLayer | undefined;
  readonly #kept = new Kept<'tiles' | 'convolved' | 'pooled' | 'output'>();
  #input: Tensor | undefined;

  /** @param pool the layer behind it, if it is computed here */
  constructor(layer: ConvLayer, parameters: LayerParameters, pool?: PoolLayer) {
    this.#layer = layer;
    this.#parameters = parameters;
    this.#pool = pool;
  }

  forward(input: Tensor, { watch }: ForwardPass): Tensor {
    this.#input = input;
    const { output: convolved, tiles } = this.#parameters.weight.with((filter) =>
      convolve(input, filter, this.#layer.stride),
    );
    if (tiles) this.#kept.keep('tiles', tiles);
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
    const input = this.#input;
    if (!input) throw new Error('backward() comes after forward().');
    const { weight, bias } = this.#parameters;
    watch?.(this.#pool ?? this.#layer, gradient);

    let byOutput = this.#layer.relu ? reluGradient(gradient, this.#kept.get('output')) : gradient.clone();
    gradient.dispose();
    const byBias = sink && biasGradient(byOutput);
    if (this.#pool) {
      const byPooled = byOutput;
      const { convolved, pooled } = {
        convolved: this.#kept.get('convolved'),
        pooled: this.#kept.get('pooled'),
      };
      byOutput = maxPoolGradient(convolved, pooled, byPooled, this.#pool);
      byPooled.dispose();
    }
    this.#kept.drop('convolved', 'pooled', 'output');

    const { stride } = this.#layer;
    const byWeight =
      sink && filterGradient(input, this.#kept.find('tiles'), weightShape(this.#layer), byOutput, stride);
    this.release();
    const byInput = needsInputGradient
      ? weight.with((filter) => mapsGradient(byOutput, filter, input.shape, stride))
      : undefined;
    byOutput.dispose();
    if (byWeight) sink(weight, byWeight);
    if (byBias) sink(bias, byBias);
    return byInput;
  }

  release(): void {
    this.#input = undefined;
    this.#kept.release();
  }

  #rectified(maps: Tensor): Tensor {
    const biased = this.#parameters.bias.with((values) => addBias(maps, values));
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
