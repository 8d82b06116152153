import { convolve, filterGradient, mapsGradient } from '../ops/convolution.ts';
import { addBias, biasGradient, relu, reluGradient } from '../ops/pointwise.ts';
import { maxPool, maxPoolGradient, type PoolWindows } from '../ops/pooling.ts';
import type { Tensor } from '../tensorflow.ts';
import type { ConvGradients, Convolved, ConvSettings, ConvTensors, NeededGradients } from './Convolved.ts';

/**
 * By TensorFlow's operations.
 *
 * The pool comes before the bias and the ReLU. Both keep the order of the values of a channel, so the maximum of a
 * window is the same either way, and so are the gradients; but on the pooled map they are a quarter of the work.
 */
export class TensorFlowConvolved implements Convolved {
  readonly output: Tensor;
  readonly #maps: Tensor;
  readonly #settings: ConvSettings;
  readonly #hasBias: boolean;
  readonly #pooling: Pooling | undefined;

  constructor({ maps, filter, bias }: ConvTensors, settings: ConvSettings) {
    this.#maps = maps;
    this.#settings = settings;
    this.#hasBias = bias !== undefined;
    const convolved = convolve(maps, filter, settings.stride);
    if (settings.pool) this.#pooling = pooled(convolved, settings.pool);
    this.output = rectified(this.#pooling?.pooled ?? convolved, bias, settings.relu);
    if (!this.#pooling) convolved.dispose();
  }

  backward(gradient: Tensor, filter: Tensor, needed: NeededGradients): ConvGradients {
    const { relu: isRectified, stride } = this.#settings;
    let bySums = isRectified ? reluGradient(gradient, this.output) : gradient.clone();
    gradient.dispose();
    const byBias = needed.parameters && this.#hasBias ? biasGradient(bySums) : undefined;
    if (this.#pooling) {
      const { convolved, pooled, windows } = this.#pooling;
      const byPooled = bySums;
      bySums = maxPoolGradient(convolved, pooled, byPooled, windows);
      byPooled.dispose();
    }
    this.release();
    const byFilter = needed.parameters ? filterGradient(this.#maps, filter.shape, bySums, stride) : undefined;
    const byMaps = needed.input ? mapsGradient(bySums, filter, this.#maps.shape, stride) : undefined;
    bySums.dispose();
    return { byMaps, byFilter, byBias };
  }

  release(): void {
    this.output.dispose();
    this.#pooling?.convolved.dispose();
    this.#pooling?.pooled.dispose();
  }
}

/** What the gradient of a pool needs. */
interface Pooling {
  convolved: Tensor;
  pooled: Tensor;
  windows: PoolWindows;
}

function pooled(convolved: Tensor, windows: PoolWindows): Pooling {
  return { convolved, pooled: maxPool(convolved, windows), windows };
}

function rectified(maps: Tensor, bias: Tensor | undefined, isRectified: boolean): Tensor {
  const biased = bias ? addBias(maps, bias) : maps.clone();
  if (!isRectified) return biased;
  const output = relu(biased);
  biased.dispose();
  return output;
}
