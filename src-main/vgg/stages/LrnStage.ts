import { normaliseResponse, normaliseResponseGradient } from '../../engine/ops/responseNormalisation.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { LrnLayer } from '../layers.ts';
import { Kept } from './Kept.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/** Local response normalisation (A-LRN, Table 1). */
export class LrnStage implements Stage {
  readonly #layer: LrnLayer;
  readonly #kept = new Kept<'output'>();
  #input: Tensor | undefined;

  constructor(layer: LrnLayer) {
    this.#layer = layer;
  }

  forward(input: Tensor, { watch }: ForwardPass): Tensor {
    this.#input = input;
    const output = this.#kept.keep('output', normaliseResponse(input));
    watch?.(this.#layer, output);
    return output;
  }

  backward(gradient: Tensor, { watch }: BackwardPass): Tensor {
    const input = this.#input;
    if (!input) throw new Error('backward() comes after forward().');
    watch?.(this.#layer, gradient);
    const byInput = normaliseResponseGradient(gradient, input, this.#kept.get('output'));
    gradient.dispose();
    this.release();
    return byInput;
  }

  release(): void {
    this.#input = undefined;
    this.#kept.release();
  }
}
