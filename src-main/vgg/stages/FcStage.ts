import { connect } from '../../engine/layers/connect.ts';
import type { Connected, TakePart } from '../../engine/layers/Connected.ts';
import type { Dropout } from '../../engine/layers/Dropout.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { FcLayer } from '../layers.ts';
import type { LayerParameters } from '../Parameters.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/** A fully-connected layer on rows [rows, inputs]; ReLU and dropout follow the hidden ones (Sect. 2.1, 3.1). */
export class FcStage implements Stage {
  readonly #layer: FcLayer;
  readonly #parameters: LayerParameters;
  #connected: Connected | undefined;
  #dropout: Dropout | undefined;
  #dropped: Tensor | undefined;

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
    this.#dropout = hidden ? dropout(name, outputs) : undefined;
    this.#dropped = this.#dropout?.apply(connected.output);
    return this.#dropped ?? connected.output;
  }

  backward(
    gradient: Tensor,
    { sink, watch, inParts = false }: BackwardPass,
    needsInputGradient: boolean,
  ): Tensor | undefined {
    const connected = this.#connected;
    if (!connected) throw new Error('backward() comes after forward().');
    this.#connected = undefined;
    watch?.(this.#layer, gradient);
    const { weight, bias } = this.#parameters;
    const needed = { input: needsInputGradient, parameters: sink !== undefined };
    const takePart: TakePart | undefined =
      sink && inParts
        ? (part, rows) => {
            sink(weight, part, rows);
          }
        : undefined;
    const { byRows, byWeight, byBias } = weight.with((matrix) =>
      connected.backward(this.#throughDropout(gradient), matrix, needed, takePart),
    );
    if (byWeight) sink?.(weight, byWeight);
    if (byBias) sink?.(bias, byBias);
    return byRows;
  }

  release(): void {
    this.#connected?.release();
    this.#connected = undefined;
    this.#releaseDropout();
  }

  /** Takes over the gradient, and frees what dropout kept. */
  #throughDropout(gradient: Tensor): Tensor {
    if (!this.#dropout) return gradient;
    const passed = this.#dropout.apply(gradient);
    gradient.dispose();
    this.#releaseDropout();
    return passed;
  }

  #releaseDropout(): void {
    this.#dropout?.release();
    this.#dropped?.dispose();
    this.#dropout = this.#dropped = undefined;
  }
}
