import { floatField, messageField, textField, wholeField, type Message } from '../../protobuf.ts';

/*
 * ONNX's messages, with the field numbers of onnx.proto.
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */

const dataType = { float: 1, int64: 7 } as const;
const attributeType = { float: 1, int: 2, ints: 7 } as const;

/** A whole number, a list of them, or `{ float }`. */
export type Attribute = number | readonly number[] | { float: number };

/** An operation on named values. */
export function node(
  operation: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, Attribute>> = {},
): Message {
  return [
    ...inputs.flatMap((name) => textField(1, name)),
    ...textField(2, output),
    ...textField(3, output),
    ...textField(4, operation),
    ...Object.entries(attributes).flatMap(([name, value]) => messageField(5, attribute(name, value))),
  ];
}

function attribute(name: string, value: Attribute): Message {
  if (typeof value === 'number')
    return [...textField(1, name), ...wholeField(3, value), ...wholeField(20, attributeType.int)];
  if ('float' in value)
    return [...textField(1, name), ...floatField(2, value.float), ...wholeField(20, attributeType.float)];
  return [
    ...textField(1, name),
    ...value.flatMap((each) => wholeField(8, each)),
    ...wholeField(20, attributeType.ints),
  ];
}

/** A constant of float32 values, which are read when they are to be written. */
export function floatTensor(
  name: string,
  shape: readonly number[],
  values: Exclude<Message[number], Uint8Array>,
): Message {
  return [
    ...shape.flatMap((extent) => wholeField(1, extent)),
    ...wholeField(2, dataType.float),
    ...textField(8, name),
    ...messageField(9, [values]),
  ];
}

/** A list of whole numbers as a constant. */
export function wholeTensor(name: string, values: readonly number[]): Message {
  return [
    ...wholeField(1, values.length),
    ...wholeField(2, dataType.int64),
    ...values.flatMap((value) => wholeField(7, value)),
    ...textField(8, name),
  ];
}

/** An input or output of the graph: floats; a text in the shape names an extent of free size. */
export function valueInfo(name: string, shape: readonly (number | string)[]): Message {
  const extents = shape.flatMap((extent) =>
    messageField(1, typeof extent === 'number' ? wholeField(1, extent) : textField(2, extent)),
  );
  const tensorType = [...wholeField(1, dataType.float), ...messageField(2, extents)];
  return [...textField(1, name), ...messageField(2, messageField(1, tensorType))];
}

export interface Graph {
  name: string;
  nodes: readonly Message[];
  constants: readonly Message[];
  inputs: readonly Message[];
  outputs: readonly Message[];
}

export interface Producer {
  name: string;
  version: string;
}

/** @param opset version of the standard operations that the graph uses */
export function model(
  { name, nodes, constants, inputs, outputs }: Graph,
  {
    opset,
    producer,
    metadata,
  }: { opset: number; producer: Producer; metadata: Readonly<Record<string, string>> },
): Message {
  const graph = [
    ...nodes.flatMap((each) => messageField(1, each)),
    ...textField(2, name),
    ...constants.flatMap((each) => messageField(5, each)),
    ...inputs.flatMap((each) => messageField(11, each)),
    ...outputs.flatMap((each) => messageField(12, each)),
  ];
  return [
    ...wholeField(1, irVersion),
    ...textField(2, producer.name),
    ...textField(3, producer.version),
    ...messageField(7, graph),
    ...messageField(8, wholeField(2, opset)),
    ...Object.entries(metadata).flatMap(([key, value]) =>
      messageField(14, [...textField(1, key), ...textField(2, value)]),
    ),
  ];
}

/** Version of the file format: the one released with version 17 of the operations. */
const irVersion = 8;
