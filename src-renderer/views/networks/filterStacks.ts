/** A stack of n 3×3 layers with C channels throughout against one layer that sees as much (Sect. 2.3). */
export interface FilterStack {
  depth: number;
  channels: number;
  /** Sides of what one output sees, after each layer of the stack: 3, 5, 7, … */
  receptiveFields: number[];
  /** Weights of the stack, without biases: n(3²C²). */
  stackWeights: number;
  /** Of the one layer of the same receptive field: (2n+1)²C². */
  singleWeights: number;
  /** How much more the one layer needs than the stack, in %. */
  percentMore: number;
  /** Non-linearities of the stack; the one layer has one. */
  rectifications: number;
}

/** @param depth layers of 3×3, 1 or more */
export function filterStack(depth: number, channels: number): FilterStack {
  const receptiveFields = Array.from({ length: depth }, (_, layer) => 2 * (layer + 1) + 1);
  const side = 2 * depth + 1;
  const stackWeights = depth * 9 * channels ** 2;
  const singleWeights = side ** 2 * channels ** 2;
  return {
    depth,
    channels,
    receptiveFields,
    stackWeights,
    singleWeights,
    percentMore: 100 * (singleWeights / stackWeights - 1),
    rectifications: depth,
  };
}
