import { ownKernels } from '../kernels.ts';
import { halving } from '../ops/pooling.ts';
import type { Convolved, ConvSettings, ConvTensors } from './Convolved.ts';
import { OwnConvolved } from './OwnConvolved.ts';
import { TensorFlowConvolved } from './TensorFlowConvolved.ts';

/**
 * Runs a convolutional layer: convolution, bias, ReLU and max-pooling, by the workbench's own kernels where they can, else by
 * TensorFlow's operations. The choice depends on the shapes alone, so a run gives the same bytes each time.
 */
export function convolve(tensors: ConvTensors, settings: ConvSettings): Convolved {
  return ownKernels() !== null && isOurs(tensors.filter.shape, settings)
    ? new OwnConvolved(tensors, settings)
    : new TensorFlowConvolved(tensors, settings);
}

/** Half a vector of channels at least, or the three of an image: for fewer, the direct sum is faster. */
function isOurs(
  [height, width, inputs = 0, outputs = 0]: readonly number[],
  settings: ConvSettings,
): boolean {
  const { stride, pool } = settings;
  const isHalving =
    pool?.side === halving.side && pool.stride === halving.stride && pool.padding === halving.padding;
  const fills = inputs >= 3 && outputs >= 4;
  return height === 3 && width === 3 && stride === 1 && fills && (pool === undefined || isHalving);
}
