import { boolAttribute, execute, executeAll } from '../ops/execute.ts';
import { tensorflow, type Tensor } from '../tensorflow.ts';
import type { ConvGradients, Convolved, ConvSettings, ConvTensors, NeededGradients } from './Convolved.ts';

/** By the workbench's own kernels, `engine/native`: nothing but the output of the layer is written. */
export class OwnConvolved implements Convolved {
  readonly output: Tensor;
  readonly #maps: Tensor;
  /** For each pooled value, which of the four of its window it was; empty without a pool. */
  readonly #places: Tensor;
  readonly #hasBias: boolean;
  readonly #attributes;

  constructor({ maps, filter, bias }: ConvTensors, { relu, pool, precision }: ConvSettings) {
    this.#maps = maps;
    this.#hasBias = bias !== undefined;
    this.#attributes = [
      boolAttribute('relu', relu),
      boolAttribute('pool', pool !== undefined),
      boolAttribute('rounded', precision === 'bfloat16'),
    ];
    using none = tensorflow().tf.zeros([0]);
    const [output, places] = executeAll('VggConvolve', this.#attributes, [maps, filter, bias ?? none], 2);
    if (!output || !places) throw new Error('VggConvolve has two outputs.');
    this.output = output;
    this.#places = places;
  }

  backward(gradient: Tensor, filter: Tensor, needed: NeededGradients): ConvGradients {
    const seen = [this.#maps, filter, this.output, this.#places, gradient];
    const [byFilter, byBias] = needed.parameters
      ? executeAll('VggConvolveGradientByFilter', this.#attributes, seen, 2)
      : [];
    const byMaps = needed.input ? execute('VggConvolveGradientByMaps', this.#attributes, seen) : undefined;
    gradient.dispose();
    this.release();
    if (this.#hasBias) return { byMaps, byFilter, byBias };
    byBias?.dispose();
    return { byMaps, byFilter };
  }

  release(): void {
    this.output.dispose();
    this.#places.dispose();
  }
}
