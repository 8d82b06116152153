import { tensorflow, type Tensor } from '../tensorflow.ts';
import { boolAttribute, execute, intAttribute, ofFloats, stringAttribute, typeAttribute } from './execute.ts';
import { multiplyMatrices } from './matrix.ts';
import { slice, transpose } from './shape.ts';
import { cookToom, kronecker, transposed, type Matrix } from './cookToom.ts';

/*
 * Winograd's minimal filtering F(4×4, 3×3) (Lavin and Gray 2016): a 4×4 tile of the output of a 3×3 convolution from a
 * 6×6 tile of its input, with 36 products for each pair of channels where the direct sum needs 144. The products become
 * 36 matrix products [tiles, inputs] × [inputs, outputs]; input and output are transformed by constant matrices.
 *
 * Maps are [batch, height, width, channels], filters [3, 3, inputs, outputs]. None disposes its inputs.
 */

const tile = 4;
const window = tile + 2;

/**
 * The usual points 0, ±1, ±2 lose three times as much precision: with these the error of a sum over 512 channels is 1e-6
 * of its greatest value; that of the direct sum is 3e-7.
 */
const transforms = cookToom([0, 3 / 4, -3 / 4, 3 / 2, -3 / 2], tile);
const inputTransform = kronecker(transforms.input, transforms.input);
const filterTransform = kronecker(transforms.filter, transforms.filter);
const outputTransform = kronecker(transforms.output, transforms.output);

/**
 * Whether it is faster than the direct sum on a CPU, judged by the shapes alone. The products cost less than a third of
 * the direct ones, but the transforms weigh more the fewer channels there are, tiles that a map only partly fills cost
 * as much as full ones, and the filter is transformed at each call, which does not pay off for a few small images.
 *
 * @param maps [batch, height, width, inputs]
 * @param filter [height, width, inputs, outputs]
 */
export function winogradPays(maps: readonly number[], filter: readonly number[]): boolean {
  const [batch = 0, height = 0, width = 0] = maps;
  const [kernelHeight, kernelWidth, inputs = 0, outputs = 0] = filter;
  if (kernelHeight !== 3 || kernelWidth !== 3) return false;
  const pairs = inputs * outputs;
  const pixels = batch * height * width;
  const pixelsOfTiles = batch * tilesAlong(height) * tilesAlong(width) * tile * tile;
  // Nanoseconds on two AVX2 cores; only their proportions matter.
  const direct = 0.1 * pairs * pixels;
  const fast = (0.03 * pairs + 7 * inputs + 2 * outputs) * pixelsOfTiles + 38 * pairs;
  return direct > 1.15 * fast;
}

/** The transformed 6×6 windows of maps padded as for SAME: [36, tiles, channels]. */
export function transformInput(maps: Tensor): Tensor {
  const [batch, height = 0, width = 0, channels = 0] = maps.shape;
  const [down, across] = [tilesAlong(height), tilesAlong(width)];
  const padded = padTo(maps, 1, down * tile + 2, across * tile + 2);
  const patches = execute(
    'ExtractImagePatches',
    [
      ofFloats(),
      intAttribute('ksizes', [1, window, window, 1]),
      intAttribute('strides', [1, tile, tile, 1]),
      intAttribute('rates', [1, 1, 1, 1]),
      stringAttribute('padding', 'VALID'),
    ],
    [padded],
  );
  padded.dispose();
  const tiles = batch * down * across;
  const byTile = reshapeInto(patches, [tiles, window * window, channels]);
  const byPosition = transpose(byTile, [1, 0, 2]);
  byTile.dispose();
  return transformInto(inputTransform, byPosition, [window * window, tiles, channels]);
}

/**
 * The convolution of the maps that {@link transformInput} transformed.
 *
 * @param tiles [36, tiles, inputs]
 * @param shape of the maps: [batch, height, width, inputs]
 */
export function convolveTiles(tiles: Tensor, shape: readonly number[], filter: Tensor): Tensor {
  const [batch = 0, height = 0, width = 0] = shape;
  const [, , inputs = 0, outputs = 0] = filter.shape;
  const [down, across] = [tilesAlong(height), tilesAlong(width)];
  const weights = transformInto(filterTransform, filter.clone(), [window * window, inputs, outputs]);
  const products = batchMatMul(tiles, weights, false);
  weights.dispose();
  const sums = transformInto(outputTransform, products, [tile, tile, batch, down, across, outputs]);
  const inPlace = transpose(sums, [2, 3, 0, 4, 1, 5]);
  sums.dispose();
  const whole = reshapeInto(inPlace, [batch, down * tile, across * tile, outputs]);
  if (down * tile === height && across * tile === width) return whole;
  const cut = slice(whole, [0, 0, 0, 0], [batch, height, width, outputs]);
  whole.dispose();
  return cut;
}

/**
 * Gradient of the loss by the filter: the same three transforms, each transposed.
 *
 * @param tiles the input maps as {@link transformInput} transformed them
 * @param gradient by the output: [batch, height, width, outputs]
 */
export function filterGradientOfTiles(tiles: Tensor, gradient: Tensor): Tensor {
  const [batch, height = 0, width = 0, outputs = 0] = gradient.shape;
  const inputs = tiles.shape[2] ?? 0;
  const [down, across] = [tilesAlong(height), tilesAlong(width)];
  const padded = padTo(gradient, 0, down * tile, across * tile);
  const unrolled = reshapeInto(padded, [batch, down, tile, across, tile, outputs]);
  const byPosition = transpose(unrolled, [2, 4, 0, 1, 3, 5]);
  unrolled.dispose();
  const bySum = transformInto(transposed(outputTransform), byPosition, [
    window * window,
    batch * down * across,
    outputs,
  ]);
  const byWeights = batchMatMul(tiles, bySum, true);
  bySum.dispose();
  return transformInto(transposed(filterTransform), byWeights, [3, 3, inputs, outputs]);
}

function tilesAlong(extent: number): number {
  return Math.ceil(extent / tile);
}

/** Zeros around the maps: `before` above and to the left, the rest below and to the right. A new tensor in any case. */
function padTo(maps: Tensor, before: number, height: number, width: number): Tensor {
  const [, ownHeight = 0, ownWidth = 0] = maps.shape;
  const [below, right] = [height - ownHeight - before, width - ownWidth - before];
  if (before === 0 && below === 0 && right === 0) return maps.clone();
  const margins = tensorflow().tf.tensor2d([0, 0, before, below, before, right, 0, 0], [4, 2], 'int32');
  const padded = execute('Pad', [ofFloats(), typeAttribute('Tpaddings', 'int32')], [maps, margins]);
  margins.dispose();
  return padded;
}

/** The product of a constant matrix with a tensor read as rows, in the given shape. Disposes the tensor. */
function transformInto(matrix: Matrix, tensor: Tensor, shape: readonly number[]): Tensor {
  const rows = reshapeInto(tensor, [matrix.columns, tensor.size / matrix.columns]);
  const constant = tensorflow().tf.tensor2d(matrix.values, [matrix.rows, matrix.columns], 'float32');
  const product = multiplyMatrices(constant, rows);
  constant.dispose();
  rows.dispose();
  return reshapeInto(product, shape);
}

/** The same values in another shape. Disposes the tensor. */
function reshapeInto(tensor: Tensor, shape: readonly number[]): Tensor {
  const reshaped = tensor.reshape([...shape]);
  tensor.dispose();
  return reshaped;
}

/** 36 products: [36, a, b] × [36, b, c], the left ones transposed on request. */
function batchMatMul(left: Tensor, right: Tensor, transposeLeft: boolean): Tensor {
  return execute(
    'BatchMatMulV2',
    [ofFloats(), boolAttribute('adj_x', transposeLeft), boolAttribute('adj_y', false)],
    [left, right],
  );
}
