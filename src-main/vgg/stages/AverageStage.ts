import { averagePool, averagePoolGradient } from '../../engine/ops/pooling.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { AverageLayer } from '../layers.ts';
import { KeptTensors } from './KeptTensors.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/** The mean of each window of the size of a crop's last map (global average pooling, Lin et al. 2013). */
export class AverageStage implements Stage {
  readonly #layer: AverageLayer;
  readonly #kept = new KeptTensors<'output'>();
  #inputShape: readonly number[] = [];

  constructor(layer: AverageLayer) {
    this.#layer = layer;
  }

  forward(input: Tensor, { watch }: ForwardPass): Tensor {
    this.#inputShape = input.shape;
    const output = this.#kept.keep('output', averagePool(input, this.#layer.side));
    watch?.(this.#layer, output);
    return output;
  }

  backward(gradient: Tensor, { watch }: BackwardPass): Tensor {
    watch?.(this.#layer, gradient);
    const byInput = averagePoolGradient(gradient, this.#inputShape, this.#layer.side);
    gradient.dispose();
    this.release();
    return byInput;
  }

  release(): void {
    this.#kept.release();
  }
}
