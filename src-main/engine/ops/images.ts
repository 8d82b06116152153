import { ownKernels } from '../kernels.ts';
import { tensorflow, type Tensor } from '../tensorflow.ts';
import { execute, ofFloats, typeAttribute, intsOf } from './execute.ts';
import { add, multiply } from './pointwise.ts';

/*
 * Operations on the input images of a net. None disposes its inputs; the caller owns the result.
 */

/**
 * Images as the net reads them: pixels [batch, height, width, 3] of 0–255 plus one offset per image and channel
 * [batch, 3] (minus the mean RGB, plus the colour shift), divided by one deviation per channel [3].
 */
export function imagesFromPixels(
  pixels: Uint8Array,
  [batch, height, width]: readonly [number, number, number],
  offsets: Float32Array,
  deviation: readonly number[],
): Tensor {
  const { tf, backend } = tensorflow();
  using bytes = backend.createOutputTensor({
    id: backend.binding.createTensor([batch, height, width, 3], backend.binding.TF_UINT8, pixels),
    shape: [batch, height, width, 3],
    dtype: backend.binding.TF_UINT8,
  });
  using shift = tf.tensor4d(offsets, [batch, 1, 1, 3]);
  using factors = tf.tensor1d(
    deviation.map((value) => 1 / value),
    'float32',
  );
  if (ownKernels() !== null) return execute('VggReadImages', [], [bytes, shift, factors]);
  using floats = execute('Cast', [typeAttribute('SrcT', 'uint8'), typeAttribute('DstT', 'float')], [bytes]);
  using images = add(floats, shift);
  return multiply(images, factors);
}

/** Mirrors images from left to right: the horizontal flip of [batch, height, width, channels]. */
export function mirror(images: Tensor): Tensor {
  using axes = intsOf([2]);
  return execute('ReverseV2', [ofFloats(), typeAttribute('Tidx', 'int32')], [images, axes]);
}
