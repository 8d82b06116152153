import { connect } from '../../engine/layers/connect.ts';
import type { Connected } from '../../engine/layers/Connected.ts';
import { multiply } from '../../engine/ops/pointwise.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { FcLayer } from '../layers.ts';
import type { LayerParameters } from '../Parameters.ts';
import { Kept } from './Kept.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/** A fully-connected layer on rows [rows, inputs]; ReLU and dropout follow the hidden ones (Sect. 2.1, 3.1). */
export class FcStage implements Stage {
  readonly #layer: FcLayer;
  readonly #parameters: LayerParameters;
  readonly #kept = new Kept<'mask' | 'dropped'>();
  #connected: Connected | undefined;

  constructor(layer: FcLayer, parameters: LayerParameters) {
    this.#layer = layer;
    this.#parameters = parameters;
  }

  forward(input: Tensor, { dropout, watch }: ForwardPass): Tensor {
    const { name, hidden, outputs } = this.#layer;
    const { weight, bias } = this.#parameters;
    const connected = weight.with((matrix) =>
      bias.with((values) => connect({ rows: input, weight: matrix, bias: values }, hidden)),
    );
    this.#connected = connected;
    watch?.(this.#layer, connected.output);
    const mask = hidden ? dropout(name, [connected.output.shape[0], outputs]) : undefined;
    if (!mask) return connected.output;
    this.#kept.keep('mask', mask);
    return this.#kept.keep('dropped', multiply(connected.output, mask));
  }

  backward(gradient: Tensor, { sink, watch }: BackwardPass, needsInputGradient: boolean): Tensor | undefined {
    const connected = this.#connected;
    if (!connected) throw new Error('backward() comes after forward().');
    this.#connected = undefined;
    watch?.(this.#layer, gradient);
    const { weight, bias } = this.#parameters;
    const wanted = { input: needsInputGradient, parameters: sink !== undefined };
    const { byRows, byWeight, byBias } = weight.with((matrix) =>
      connected.backward(this.#throughDropout(gradient), matrix, wanted),
    );
    if (byWeight) sink?.(weight, byWeight);
    if (byBias) sink?.(bias, byBias);
    return byRows;
  }

  release(): void {
    this.#connected?.release();
    this.#connected = undefined;
    this.#kept.release();
  }

  /** Takes over the gradient, and frees the mask. */
  #throughDropout(gradient: Tensor): Tensor {
    const mask = this.#kept.find('mask');
    if (!mask) return gradient;
    const passed = multiply(gradient, mask);
    gradient.dispose();
    this.#kept.release();
    return passed;
  }
}
