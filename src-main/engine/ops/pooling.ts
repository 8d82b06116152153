import { tensorflow, type Tensor } from '../tensorflow.ts';
import { execute, executeAll, intAttribute, ofFloats, stringAttribute, typeAttribute } from './execute.ts';

/*
 * 2×2 max-pooling with stride 2 (Sect. 2.1). Maps are [batch, height, width, channels]; an odd last row or column is left
 * out. None disposes its inputs; the caller owns the result.
 */

const pooling = () => [
  ofFloats(),
  intAttribute('ksize', [1, 2, 2, 1]),
  intAttribute('strides', [1, 2, 2, 1]),
  stringAttribute('padding', 'VALID'),
  stringAttribute('data_format', 'NHWC'),
];
const blocks = () => [ofFloats(), intAttribute('block_size', 2), stringAttribute('data_format', 'NHWC')];

export function maxPool(maps: Tensor): Tensor {
  return execute('MaxPool', pooling(), [maps]);
}

/**
 * Routes a gradient back through {@link maxPool}: to the first greatest element of each window, row by row, as PyTorch and
 * TensorFlow do. Where a window's elements are equal, as in a flat background, only the first gets it.
 */
export function maxPoolGradient(maps: Tensor, pooled: Tensor, gradient: Tensor): Tensor {
  const [, height = 0, width = 0] = maps.shape;
  if (height % 2 !== 0 || width % 2 !== 0) return execute('MaxPoolGrad', pooling(), [maps, pooled, gradient]);
  return gradientByCorners(maps, pooled, gradient);
}

/**
 * TensorFlow's own gradient searches each window anew, element by element, which on large maps takes as long as a
 * convolution. The same from whole operations on the four corners of all windows takes half of that.
 */
function gradientByCorners(maps: Tensor, pooled: Tensor, gradient: Tensor): Tensor {
  const { tf } = tensorflow();
  const axis = tf.scalar(3, 'int32');
  const byWindow = execute('SpaceToDepth', blocks(), [maps]);
  const corners = executeAll('Split', [ofFloats(), intAttribute('num_split', 4)], [axis, byWindow], 4);
  byWindow.dispose();
  const zeros = tf.zerosLike(gradient);

  let left = gradient;
  const parts = corners.map((corner, index) => {
    // What no corner before took is the last one's: one of the four is the greatest.
    if (index === corners.length - 1) return left;
    const isGreatest = execute('Equal', [ofFloats()], [corner, pooled]);
    const part = execute('SelectV2', [ofFloats()], [isGreatest, left, zeros]);
    const rest = execute('SelectV2', [ofFloats()], [isGreatest, zeros, left]);
    isGreatest.dispose();
    if (left !== gradient) left.dispose();
    left = rest;
    return part;
  });
  const joined = execute(
    'ConcatV2',
    [ofFloats(), intAttribute('N', parts.length), typeAttribute('Tidx', 'int32')],
    [...parts, axis],
  );
  const result = execute('DepthToSpace', blocks(), [joined]);
  for (const tensor of [axis, zeros, joined, ...corners, ...parts]) tensor.dispose();
  return result;
}
