import { ownKernels } from '../kernels.ts';
import type { Connected, FcTensors } from './Connected.ts';
import { OwnConnected } from './OwnConnected.ts';
import { TensorFlowConnected } from './TensorFlowConnected.ts';

/**
 * Runs a fully-connected layer: product, bias and, where asked for, ReLU, by the workbench's own kernels where there are any,
 * else by TensorFlow's operations.
 */
export function connect(tensors: FcTensors, isRectified: boolean): Connected {
  return ownKernels() === null
    ? new TensorFlowConnected(tensors, isRectified)
    : new OwnConnected(tensors, isRectified);
}
