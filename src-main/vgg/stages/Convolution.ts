import { convolve, filterGradient, mapsGradient } from '../../engine/ops/convolution.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { Variable } from '../../engine/Variable.ts';
import { weightShape, type ConvLayer } from '../layers.ts';
import type { BackwardPass } from './Stage.ts';

/** The plain convolution shared by the stages of convolutional layers: no bias, no normalisation, no ReLU. */
export class Convolution {
  readonly #layer: ConvLayer;
  readonly #weight: Variable;
  #input: Tensor | undefined;
  #tiles: Tensor | undefined;

  constructor(layer: ConvLayer, weight: Variable) {
    this.#layer = layer;
    this.#weight = weight;
  }

  /** @returns the convolved maps, owned by the caller */
  forward(input: Tensor): Tensor {
    this.#input = input;
    const { output, tiles } = this.#weight.with((filter) => convolve(input, filter, this.#layer.stride));
    this.#tiles = tiles;
    return output;
  }

  /**
   * Takes the gradient by the convolved maps (and disposes it), passes the gradient by the weight to the sink and
   * returns the one by the input, or nothing where it is not needed.
   */
  backward(gradient: Tensor, sink: BackwardPass['sink'], needsInputGradient: boolean): Tensor | undefined {
    const input = this.#input;
    if (!input) throw new Error('backward() comes after forward().');
    const { stride } = this.#layer;
    const seen = { maps: input, tiles: this.#tiles };
    const byWeight = sink && filterGradient(seen, weightShape(this.#layer), gradient, stride);
    this.release();
    const byInput = needsInputGradient
      ? this.#weight.with((filter) => mapsGradient(gradient, filter, input.shape, stride))
      : undefined;
    gradient.dispose();
    if (byWeight) sink(this.#weight, byWeight);
    return byInput;
  }

  release(): void {
    this.#input = undefined;
    this.#tiles?.dispose();
    this.#tiles = undefined;
  }
}
