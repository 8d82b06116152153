import { tensorflow, type Attribute, type Tensor } from '../tensorflow.ts';

type Dtype = 'float' | 'int32' | 'uint8';

/** Runs a TensorFlow operation with one output. The caller owns the result and keeps its inputs. */
export function execute(operation: string, attributes: Attribute[], inputs: Tensor[]): Tensor {
  return tensorflow().backend.executeSingleOutput(operation, attributes, inputs);
}

/** Runs a TensorFlow operation with several outputs, or with none. */
export function executeAll(
  operation: string,
  attributes: Attribute[],
  inputs: Tensor[],
  outputs: number,
): Tensor[] {
  return tensorflow().backend.executeMultipleOutputs(operation, attributes, inputs, outputs);
}

export function typeAttribute(name: string, dtype: Dtype): Attribute {
  const { binding } = tensorflow().backend;
  const value = { float: binding.TF_FLOAT, int32: binding.TF_INT32, uint8: binding.TF_UINT8 }[dtype];
  return { name, type: binding.TF_ATTR_TYPE, value };
}

export function intAttribute(name: string, value: number | readonly number[]): Attribute {
  return { name, type: tensorflow().backend.binding.TF_ATTR_INT, value };
}

export function floatAttribute(name: string, value: number): Attribute {
  return { name, type: tensorflow().backend.binding.TF_ATTR_FLOAT, value };
}

export function boolAttribute(name: string, value: boolean): Attribute {
  return { name, type: tensorflow().backend.binding.TF_ATTR_BOOL, value };
}

export function stringAttribute(name: string, value: string): Attribute {
  return { name, type: tensorflow().backend.binding.TF_ATTR_STRING, value };
}

export function shapeAttribute(name: string, value: readonly number[]): Attribute {
  return { name, type: tensorflow().backend.binding.TF_ATTR_SHAPE, value };
}

/** The type attribute of nearly every operation here: float32. */
export function ofFloats(): Attribute {
  return typeAttribute('T', 'float');
}

/** A small whole-number tensor: a shape, a list of axes. Owned by the caller. */
export function intsOf(values: readonly number[]): Tensor {
  return tensorflow().tf.tensor1d([...values], 'int32');
}

export function scalarOf(value: number): Tensor {
  return tensorflow().tf.scalar(value, 'float32');
}
