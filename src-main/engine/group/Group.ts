import { tensorflow, type Tensor } from '../tensorflow.ts';

/** Processes that compute in step, each with the same net. Each calls the same methods in the same order. */
export interface Group {
  /** Which of them this process is, from 0. */
  readonly rank: number;
  readonly size: number;

  /** What each process gives, by rank: as many values from each. */
  gather(values: Float32Array): Float32Array[];

  /**
   * The sum over all processes, the same to the last bit in each: added in the order of the ranks, as one process adds up its
   * micro-batches.
   *
   * @param tensor [n], which the caller still owns; the result is the caller's, too
   */
  sum(tensor: Tensor): Tensor;
}

/** A group of this process alone. */
export const alone: Group = {
  rank: 0,
  size: 1,
  gather: (values) => [values],
  sum: (tensor) => tensor.clone(),
};

/** {@link Group.sum} of numbers in memory. */
export function sumOf(group: Group, values: Float32Array): Float32Array {
  if (group.size === 1) return values;
  using own = tensorflow().tf.tensor1d(values, 'float32');
  using total = group.sum(own);
  return total.dataSync<'float32'>();
}
