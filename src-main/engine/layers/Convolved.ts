import type { PoolWindows } from '../ops/pooling.ts';
import type { Precision } from '../../vocabulary/kernels.ts';
import type { Tensor } from '../tensorflow.ts';

/** What a convolutional layer is besides its filter and bias. The filter is odd; maps are padded by half of it. */
export interface ConvSettings {
  stride: number;
  relu: boolean;
  /** Max-pooling of the result. */
  pool: PoolWindows | undefined;
  /** What the workbench's own kernels multiply, by default floats; TensorFlow's operations take floats. */
  precision?: Precision;
}

/** What a convolutional layer reads: [batch, height, width, inputs], [height, width, inputs, outputs], [outputs]. */
export interface ConvTensors {
  maps: Tensor;
  filter: Tensor;
  bias: Tensor | undefined;
}

/** Which gradients are needed: by what the layer read, by its filter or weights and its bias. */
export interface NeededGradients {
  input: boolean;
  parameters: boolean;
}

/** Gradients of the loss, each owned by the caller; undefined where they were not needed or there is no bias. */
export interface ConvGradients {
  byMaps?: Tensor | undefined;
  byFilter?: Tensor | undefined;
  byBias?: Tensor | undefined;
}

/** A convolutional layer that has run, with all that its backward pass needs besides the maps, which it does not own. */
export interface Convolved {
  /** [batch, height, width, outputs], freed by {@link backward} or {@link release}. */
  readonly output: Tensor;

  /** Takes over the gradient by the output, disposes it, and frees all that was kept. */
  backward(gradient: Tensor, filter: Tensor, needed: NeededGradients): ConvGradients;

  /** Frees all that was kept, instead of a backward pass. */
  release(): void;
}
