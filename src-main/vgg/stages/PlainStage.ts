import { maxPool, maxPoolGradient } from '../../engine/ops/pooling.ts';
import { normaliseResponse, normaliseResponseGradient } from '../../engine/ops/responseNormalisation.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { LrnLayer, PoolLayer } from '../layers.ts';
import { KeptTensors } from './KeptTensors.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/** A layer without weights, whose gradient needs its input and its output. */
export class PlainStage implements Stage {
  readonly #layer: LrnLayer | PoolLayer;
  readonly #kept = new KeptTensors<'output'>();
  #input: Tensor | undefined;

  constructor(layer: LrnLayer | PoolLayer) {
    this.#layer = layer;
  }

  forward(input: Tensor, { watch }: ForwardPass): Tensor {
    this.#input = input;
    const layer = this.#layer;
    const output = layer.kind === 'lrn' ? normaliseResponse(input) : maxPool(input, layer);
    this.#kept.keep('output', output);
    watch?.(layer, output);
    return output;
  }

  backward(gradient: Tensor, { watch }: BackwardPass): Tensor {
    const layer = this.#layer;
    const input = this.#input;
    if (!input) throw new Error('backward() comes after forward().');
    watch?.(layer, gradient);
    const output = this.#kept.get('output');
    const byInput =
      layer.kind === 'lrn'
        ? normaliseResponseGradient(gradient, input, output)
        : maxPoolGradient(input, output, gradient, layer);
    gradient.dispose();
    this.release();
    return byInput;
  }

  release(): void {
    this.#input = undefined;
    this.#kept.release();
  }
}
