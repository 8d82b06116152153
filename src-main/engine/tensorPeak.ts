import { tensorflow } from './tensorflow.ts';

/**
 * Watches from now on, for as long as the process lives, how many bytes of tensors are alive at once: each time an operation
 * puts one out. Variables are not counted but while they are read; what an operation needs inside itself is not either.
 *
 * @returns a call that gives the greatest number since the last call
 */
export function watchTensorBytes(): () => number {
  const { tf, backend } = tensorflow();
  const create = backend.createOutputTensor.bind(backend);
  let peak = 0;
  backend.createOutputTensor = (metadata) => {
    const tensor = create(metadata);
    peak = Math.max(peak, tf.memory().numBytes);
    return tensor;
  };
  return () => {
    const greatest = peak;
    peak = 0;
    return greatest;
  };
}
