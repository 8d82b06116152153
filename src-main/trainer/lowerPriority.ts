import { constants, setPriority } from 'node:os';

/**
 * Leaves the machine to a training: sets a lower priority for all threads started from now on, and uses no graphics
 * memory. Must be called before TensorFlow is loaded, which reads the variable and starts its threads once.
 */
export function lowerPriority(): void {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  process.env.CUDA_VISIBLE_DEVICES = '-1';
}
