import { tensorflow, type Tensor } from './tensorflow.ts';

const bytesPerFloat = 4;

/**
 * Watches from now on, for as long as the process lives, how many bytes of tensors are alive at once, after each operation.
 * Variables are not counted, nor are they while they are read: the value that is read is no copy. What an operation needs
 * inside itself is not counted either.
 *
 * @returns a call that gives the greatest number since the last call
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
