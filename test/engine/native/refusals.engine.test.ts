import { beforeAll, describe, expect, it } from 'vitest';
import { boolAttribute, executeAll, floatAttribute } from '../../../src-main/engine/ops/execute.ts';
import { tensorflow, type Tensor } from '../../../src-main/engine/tensorflow.ts';
import { openTestEngine } from '../../support/engine.ts';
import { mustHaveKernels } from '../../support/kernels.ts';

beforeAll(openTestEngine);

type Shape = readonly number[];

const maps = [2, 6, 5, 8];
const filter = [3, 3, 8, 4];
const [output, pooled] = [
  [2, 6, 5, 4],
  [2, 3, 2, 4],
];
const [rows, weight, sums] = [
  [3, 7],
  [7, 5],
  [3, 5],
];

/** Inputs that do not fit together, each of one operation, with what it says. The kernels themselves trust their shapes. */
const refused: [string, Shape[], string][] = [
  ['VggConvolve', [[2, 6, 40], filter, [4]], 'Maps and filter have four axes'],
  ['VggConvolve', [maps, [3, 3, 7, 4], [4]], 'The filter has the shape'],
  ['VggConvolve', [maps, [5, 5, 8, 4], [4]], 'The filter has the shape'],
  ['VggConvolve', [maps, [3, 3, 8, 0], [0]], 'There are channels'],
  ['VggConvolve', [maps, filter, [3]], 'one bias for each output channel'],
  ['VggConvolve', [maps, filter, [4, 1]], 'one bias for each output channel'],
  ['VggConvolveGradientByMaps', [maps, filter, pooled, [48], output], 'The gradient has the shape'],
  ['VggConvolveGradientByMaps', [maps, filter, output, [12], pooled], 'The output has the shape'],
  ['VggConvolveGradientByMaps', [maps, filter, pooled, [11], pooled], 'a place for each pooled output'],
  ['VggConvolveGradientByFilter', [maps, filter, pooled, [12], [2, 3, 2, 3]], 'The gradient has the shape'],
  ['VggConvolveGradientByFilter', [maps, filter, pooled, [0], pooled], 'a place for each pooled output'],
  ['VggConnect', [[3, 7, 1], weight, [5]], 'Rows and weights have two axes'],
  ['VggConnect', [rows, [6, 5], [5]], 'a row of weights for each input'],
  ['VggConnect', [rows, weight, [4]], 'one bias for each output'],
  ['VggConnectGradientByInput', [rows, weight, sums, [2, 5]], 'The gradient has the shape'],
  ['VggConnectGradientByWeight', [rows, weight, [3, 4], sums, [2]], 'The output has the shape'],
  ['VggConnectGradientByWeight', [rows, weight, sums, sums, [1]], 'A part is its first input'],
  // Zeros: a part of no inputs.
  ['VggConnectGradientByWeight', [rows, weight, sums, sums, [2]], 'The layer has the inputs'],
  ['VggRows', [weight, [3]], 'A part is its first row'],
  ['VggRows', [weight, [2]], 'There are such rows'],
  ['VggRows', [[], [2]], 'There are such rows'],
  ['VggAssign', [[4], [5]], 'The value has the size'],
  ['VggAddScaled', [[4], [3], []], 'The values have one size'],
  ['VggAddScaled', [[4], [4], [2]], 'The values have one size'],
  ['VggShiftAndScale', [[4], [3]], 'The coefficients are'],
  ['VggTakeDrawn', [[4], [1]], 'The coefficients are'],
  ['VggApplyMomentum', [[4], [3], [4], [3]], 'Weight, velocity and gradient have one size'],
  ['VggApplyMomentum', [[4], [4], [5], [3]], 'Weight, velocity and gradient have one size'],
  ['VggApplyMomentum', [[4], [4], [4], [2]], 'The coefficients are'],
  ['VggReadImages', [[2, 4, 4], [2, 3], [3]], 'Pixels have four axes'],
  ['VggReadImages', [[2, 4, 4, 1], [2, 3], [3]], 'Pixels have four axes'],
  ['VggReadImages', [[2, 4, 4, 3], [1, 3], [3]], 'an offset for each image'],
  ['VggDropOut', [[4], [2]], 'A place is two seeds'],
];

const attributesOf = (operation: string) => {
  if (operation.startsWith('VggConvolve')) return [boolAttribute('relu', true), boolAttribute('pool', true)];
  if (operation.startsWith('VggConnect')) return [boolAttribute('relu', true)];
  return operation === 'VggDropOut' ? [floatAttribute('rate', 0.5), floatAttribute('scale', 2)] : [];
};

/** Which of its inputs is not of floats. */
const otherTypes: Record<string, [number, 'int32' | 'uint8']> = {
  VggConvolveGradientByMaps: [3, 'int32'],
  VggConvolveGradientByFilter: [3, 'int32'],
  VggConnectGradientByWeight: [4, 'int32'],
  VggRows: [1, 'int32'],
  VggReadImages: [0, 'uint8'],
  VggDropOut: [1, 'int32'],
};

/** Zeros. tfjs has no type of bytes. */
function tensorOf(shape: Shape, type: 'float32' | 'int32' | 'uint8'): Tensor {
  const { tf, backend } = tensorflow();
  if (type !== 'uint8') return tf.zeros([...shape], type);
  const { binding } = backend;
  const bytes = new Uint8Array(shape.reduce((product, extent) => product * extent, 1));
  const id = binding.createTensor([...shape], binding.TF_UINT8, bytes);
  return backend.createOutputTensor({ id, shape: [...shape], dtype: binding.TF_UINT8 });
}

describe.runIf(mustHaveKernels)('our operations refuse shapes that do not fit', () => {
  it.each(refused)('%s of %j', (operation, shapes, message) => {
    const [other, type] = otherTypes[operation] ?? [-1, 'int32'];
    const inputs = shapes.map((shape, index) => tensorOf(shape, index === other ? type : 'float32'));
    expect(() => executeAll(operation, attributesOf(operation), inputs, 2)).toThrow(message);
  });
});
