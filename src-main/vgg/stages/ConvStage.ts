import { convolve, filterGradient, mapsGradient } from '../../engine/ops/convolution.ts';
import { maxPool, maxPoolGradient } from '../../engine/ops/pooling.ts';
import { addBias, biasGradient, relu, reluGradient } from '../../engine/ops/pointwise.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { ConvLayer } from '../layers.ts';
import type { LayerParameters } from '../Parameters.ts';
import { Kept } from './Kept.ts';
import type { GradientSink, Stage } from './Stage.ts';

/**
 * Convolution, bias, ReLU and, at the end of a block, max-pooling.
 *
 * The pool comes before the bias and the ReLU. Both keep the order of the values of a channel, so the greatest of a window
 * is the same either way, and so are the gradients; but on the pooled map they are a quarter of the work.
 */
export class ConvStage implements Stage {
  readonly name: string;
  readonly #layer: ConvLayer;
  readonly #parameters: LayerParameters;
  readonly #pooled: boolean;
  readonly #kept = new Kept<'tiles' | 'convolved' | 'pooled' | 'output'>();
  #input: Tensor | undefined;

  constructor(layer: ConvLayer, parameters: LayerParameters, pooled: boolean) {
    this.name = layer.name;
    this.#layer = layer;
    this.#parameters = parameters;
    this.#pooled = pooled;
  }

  forward(input: Tensor): Tensor {
    this.#input = input;
    const { weight, bias } = this.#parameters;
    const { output: convolved, tiles } = weight.with((filter) => convolve(input, filter));
    if (tiles) this.#kept.keep('tiles', tiles);
    const pooled = this.#pooled ? maxPool(convolved) : convolved;
    if (this.#pooled) {
      this.#kept.keep('convolved', convolved);
      this.#kept.keep('pooled', pooled);
    }
    const biased = bias.with((values) => addBias(pooled, values));
    if (!this.#pooled) convolved.dispose();
    const output = this.#kept.keep('output', relu(biased));
    biased.dispose();
    return output;
  }

  backward(gradient: Tensor, sink: GradientSink, needsInputGradient: boolean): Tensor | undefined {
    const input = this.#input;
    if (!input) throw new Error('backward() comes after forward().');
    const { weight, bias } = this.#parameters;

    let byOutput = reluGradient(gradient, this.#kept.get('output'));
    gradient.dispose();
    const byBias = biasGradient(byOutput);
    if (this.#pooled) {
      const byPooled = byOutput;
      byOutput = maxPoolGradient(this.#kept.get('convolved'), this.#kept.get('pooled'), byPooled);
      byPooled.dispose();
    }
    this.#kept.drop('convolved', 'pooled', 'output');

    const { kernel, inputs, outputs } = this.#layer;
    const byWeight = filterGradient(
      input,
      this.#kept.find('tiles'),
      [kernel, kernel, inputs, outputs],
      byOutput,
    );
    this.release();
    const byInput = needsInputGradient ? weight.with((filter) => mapsGradient(byOutput, filter)) : undefined;
    byOutput.dispose();
    sink(weight, byWeight);
    sink(bias, byBias);
    return byInput;
  }

  release(): void {
    this.#input = undefined;
    this.#kept.release();
  }
}
