import { engineFacts, type Tensor } from '../tensorflow.ts';
import { execute, intAttribute, ofFloats, stringAttribute, typeAttribute, intsOf } from './execute.ts';
import { transpose } from './shape.ts';
import { convolveTiles, filterGradientOfTiles, transformInput, winogradPays } from './winograd.ts';

/*
 * Convolutional operations. Maps are [batch, height, width, channels], filters [height, width, inputs, outputs].
 * None disposes its inputs; the caller owns the result.
 */

/** Padded by half the kernel on each side: with stride 1 that keeps height and width, with 2 it halves them, rounded up. */
const sliding = (kernel: number, stride: number) => [
  ofFloats(),
  intAttribute('strides', [1, stride, stride, 1]),
  ...(stride === 1
    ? [stringAttribute('padding', 'SAME')]
    : [stringAttribute('padding', 'EXPLICIT'), intAttribute('explicit_paddings', evenly((kernel - 1) / 2))]),
  stringAttribute('data_format', 'NHWC'),
];

const evenly = (padding: number) => [0, 0, padding, padding, padding, padding, 0, 0];

/** The results of a convolution. */
export interface Convolved {
  output: Tensor;
  /** The input maps as transformed by the fast algorithm, where it was used, for {@link filterGradient}. */
  tiles: Tensor | undefined;
}

/** Convolution with an odd filter, padded by half of it on each side. The caller owns both results. */
export function convolve(maps: Tensor, filter: Tensor, stride = 1): Convolved {
  if (stride > 1 || !isFast(maps.shape, filter.shape)) {
    const attributes = sliding(filter.shape[0], stride);
    return { output: execute('Conv2D', attributes, [maps, filter]), tiles: undefined };
  }
  const tiles = transformInput(maps);
  return { output: convolveTiles(tiles, maps.shape, filter), tiles };
}

/**
 * Gradient of the loss by the filter of a convolution, from its input and the gradient by its output.
 *
 * @param tiles of the maps, if {@link convolve} returned any
 */
export function filterGradient(
  { maps, tiles }: { maps: Tensor; tiles: Tensor | undefined },
  filterShape: readonly number[],
  gradient: Tensor,
  stride = 1,
): Tensor {
  if (tiles) return filterGradientOfTiles(tiles, gradient);
  using shape = intsOf(filterShape);
  return execute('Conv2DBackpropFilter', sliding(filterShape[0] ?? 1, stride), [maps, shape, gradient]);
}

/**
 * Gradient of the loss by the input maps of a convolution.
 *
 * With odd filters, stride 1 and SAME padding this is itself a convolution, with the filter turned by 180° and its
 * channels exchanged. oneDNN runs that up to three times faster than its backward primitive.
 *
 * @param mapsShape shape of the input maps
 */
export function mapsGradient(
  gradient: Tensor,
  filter: Tensor,
  mapsShape: readonly number[],
  stride = 1,
): Tensor {
  if (stride > 1) {
    using shape = intsOf(mapsShape);
    return execute('Conv2DBackpropInput', sliding(filter.shape[0], stride), [shape, filter, gradient]);
  }
  using axes = intsOf([0, 1]);
  using turned = execute('ReverseV2', [ofFloats(), typeAttribute('Tidx', 'int32')], [filter, axes]);
  using exchanged = transpose(turned, [0, 1, 3, 2]);
  const { output, tiles } = convolve(gradient, exchanged);
  tiles?.dispose();
  return output;
}

/** Only on a CPU: on a GPU cuDNN chooses among its own algorithms. */
function isFast(maps: readonly number[], filter: readonly number[]): boolean {
  return engineFacts().device === 'cpu' && winogradPays(maps, filter);
}
