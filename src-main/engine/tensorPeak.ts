import { tensorflow, type Tensor } from './tensorflow.ts';

const bytesPerFloat = 4;

/**
 * Counts after each operation, from now on and for as long as the process lives, how many bytes of tensors are alive.
 * Variables are not counted, not even while they are read, since reading makes no copy. Nor is the memory that an
 * operation needs internally.
 *
 * @returns a function that returns the greatest number since its last call
 */
export function watchTensorBytes(): () => number {
  const { tf, backend } = tensorflow();
  const one = backend.executeSingleOutput.bind(backend);
  const several = backend.executeMultipleOutputs.bind(backend);
  let ofVariables = 0;
  let peak = 0;
  const sample = () => {
    peak = Math.max(peak, tf.memory().numBytes - ofVariables);
  };
  const setAside = (value: Tensor) => {
    const bytes = value.size * bytesPerFloat;
    const dispose = value.dispose.bind(value);
    ofVariables += bytes;
    value.dispose = () => {
      if (!value.isDisposed) ofVariables -= bytes;
      dispose();
    };
  };
  backend.executeSingleOutput = (name, attributes, inputs) => {
    const output = one(name, attributes, inputs);
    if (name === 'ReadVariableOp') setAside(output);
    sample();
    return output;
  };
  backend.executeMultipleOutputs = (name, attributes, inputs, outputs) => {
    const all = several(name, attributes, inputs, outputs);
    sample();
    return all;
  };
  return () => {
    const greatest = peak;
    peak = 0;
    return greatest;
  };
}
