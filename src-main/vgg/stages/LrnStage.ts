import { normaliseResponse, normaliseResponseGradient } from '../../engine/ops/convolution.ts';
import { maxPool, maxPoolGradient } from '../../engine/ops/pooling.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { LrnLayer } from '../layers.ts';
import { Kept } from './Kept.ts';
import type { GradientSink, Stage } from './Stage.ts';

/** Local response normalisation and the max-pool that ends the block (A-LRN, Table 1). */
export class LrnStage implements Stage {
  readonly name: string;
  readonly #kept = new Kept<'normalised' | 'output'>();
  #input: Tensor | undefined;

  constructor(layer: LrnLayer) {
    this.name = layer.name;
  }

  forward(input: Tensor): Tensor {
    this.#input = input;
    const normalised = this.#kept.keep('normalised', normaliseResponse(input));
    return this.#kept.keep('output', maxPool(normalised));
  }

  backward(gradient: Tensor, _sink: GradientSink): Tensor {
    const input = this.#input;
    if (!input) throw new Error('backward() comes after forward().');
    const byNormalised = maxPoolGradient(this.#kept.get('normalised'), this.#kept.get('output'), gradient);
    gradient.dispose();
    const byInput = normaliseResponseGradient(byNormalised, input, this.#kept.get('normalised'));
    byNormalised.dispose();
    this.release();
    return byInput;
  }

  release(): void {
    this.#input = undefined;
    this.#kept.release();
  }
}
