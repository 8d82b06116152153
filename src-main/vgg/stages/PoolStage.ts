import { maxPool, maxPoolGradient } from '../../engine/ops/pooling.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { PoolLayer } from '../layers.ts';
import { Kept } from './Kept.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/** Max-pooling by itself, where no convolution takes it on. */
export class PoolStage implements Stage {
  readonly #layer: PoolLayer;
  readonly #kept = new Kept<'output'>();
  #input: Tensor | undefined;

  constructor(layer: PoolLayer) {
    this.#layer = layer;
  }

  forward(input: Tensor, { watch }: ForwardPass): Tensor {
    this.#input = input;
    const output = this.#kept.keep('output', maxPool(input, this.#layer));
    watch?.(this.#layer, output);
    return output;
  }

  backward(gradient: Tensor, { watch }: BackwardPass): Tensor {
    const input = this.#input;
    if (!input) throw new Error('backward() comes after forward().');
    watch?.(this.#layer, gradient);
    const byInput = maxPoolGradient(input, this.#kept.get('output'), gradient, this.#layer);
    gradient.dispose();
    this.release();
    return byInput;
  }

  release(): void {
    this.#input = undefined;
    this.#kept.release();
  }
}
