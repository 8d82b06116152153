import { tensorflow, type Tensor } from '../tensorflow.ts';
import { executeAll } from './execute.ts';

/** values ← (values + shift) · factor, by the workbench's own kernels, in a tensor whose memory nothing else uses. */
export function shiftAndScale(values: Tensor, shift: number, factor: number): void {
  using coefficients = tensorflow().tf.tensor1d([shift, factor], 'float32');
  executeAll('VggShiftAndScale', [], [values, coefficients], 0);
}
