import { tensorflow, type Tensor } from '../tensorflow.ts';
import { boolAttribute, execute, ofFloats, typeAttribute, withInts, withScalar } from './execute.ts';

/*
 * Operations on single elements and on matrices. None disposes its inputs; the caller owns the result.
 */

/** Adds one bias per channel (the last axis). */
export function addBias(maps: Tensor, bias: Tensor): Tensor {
  return execute('BiasAdd', [ofFloats()], [maps, bias]);
}

/** Gradient by the bias: the sum over all axes but the last. */
export function biasGradient(gradient: Tensor): Tensor {
  return execute('BiasAddGrad', [ofFloats()], [gradient]);
}

export function relu(maps: Tensor): Tensor {
  return execute('Relu', [ofFloats()], [maps]);
}

/** Gradient through a ReLU, given what came out of it. */
export function reluGradient(gradient: Tensor, rectified: Tensor): Tensor {
  return execute('ReluGrad', [ofFloats()], [gradient, rectified]);
}

/** Matrix product, with either side transposed. */
export function multiplyMatrices(
  left: Tensor,
  right: Tensor,
  { transposeLeft = false, transposeRight = false } = {},
): Tensor {
  return execute(
    'MatMul',
    [ofFloats(), boolAttribute('transpose_a', transposeLeft), boolAttribute('transpose_b', transposeRight)],
    [left, right],
  );
}

/** Exchanges axes: axis i of the result is axis order[i] of the input. */
export function transpose(tensor: Tensor, order: readonly number[]): Tensor {
  return withInts(order, (axes) =>
    execute('Transpose', [ofFloats(), typeAttribute('Tperm', 'int32')], [tensor, axes]),
  );
}

export function multiply(left: Tensor, right: Tensor): Tensor {
  return execute('Mul', [ofFloats()], [left, right]);
}

export function scale(tensor: Tensor, factor: number): Tensor {
  return withScalar(factor, (scalar) => execute('Mul', [ofFloats()], [tensor, scalar]));
}

export function add(left: Tensor, right: Tensor): Tensor {
  return execute('AddV2', [ofFloats()], [left, right]);
}

/** Adds channels of zeros behind those of maps [batch, height, width, channels]. */
export function padChannels(maps: Tensor, channels: number): Tensor {
  if (channels === 0) return maps.clone();
  const paddings = tensorflow().tf.tensor2d([0, 0, 0, 0, 0, 0, 0, channels], [4, 2], 'int32');
  const padded = execute('Pad', [ofFloats(), typeAttribute('Tpaddings', 'int32')], [maps, paddings]);
  paddings.dispose();
  return padded;
}

/** Softmax over the last axis. */
export function softmax(logits: Tensor): Tensor {
  return execute('Softmax', [ofFloats()], [logits]);
}

/** Mirrors images from left to right: the horizontal flip of [batch, height, width, channels]. */
export function mirror(images: Tensor): Tensor {
  return withInts([2], (axes) =>
    execute('ReverseV2', [ofFloats(), typeAttribute('Tidx', 'int32')], [images, axes]),
  );
}

/** Cuts a block out of a tensor. */
export function slice(tensor: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
  return withInts(begin, (from) =>
    withInts(size, (extent) =>
      execute('Slice', [ofFloats(), typeAttribute('Index', 'int32')], [tensor, from, extent]),
    ),
  );
}

/**
 * Images as the net takes them: pixels [batch, height, width, 3] of 0–255 plus one offset per image and channel
 * [batch, 3] (minus the mean RGB, plus the colour shift), divided by one deviation per channel [3].
 */
export function imagesFromPixels(
  pixels: Uint8Array,
  [batch, height, width]: readonly [number, number, number],
  offsets: Float32Array,
  deviation: readonly number[],
): Tensor {
  const { tf, backend } = tensorflow();
  const { binding } = backend;
  const bytes = binding.createTensor([batch, height, width, 3], binding.TF_UINT8, pixels);
  const [metadata] = binding.executeOp(
    'Cast',
    [typeAttribute('SrcT', 'uint8'), typeAttribute('DstT', 'float')],
    [bytes],
    1,
  );
  binding.deleteTensor(bytes);
  if (!metadata) throw new Error('Cast has one output.');
  const floats = backend.createOutputTensor(metadata);
  const shift = tf.tensor4d(offsets, [batch, 1, 1, 3]);
  const images = add(floats, shift);
  floats.dispose();
  shift.dispose();
  if (deviation.every((value) => value === 1)) return images;
  const factors = tf.tensor1d(
    deviation.map((value) => 1 / value),
    'float32',
  );
  const scaled = multiply(images, factors);
  images.dispose();
  factors.dispose();
  return scaled;
}
