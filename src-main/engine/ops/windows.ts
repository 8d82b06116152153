import type { Tensor } from '../tensorflow.ts';
import { execute, intAttribute, ofFloats, stringAttribute } from './execute.ts';

/**
 * All side×side windows of a map as rows: [batch · rows · columns, side · side · channels], with the number of rows and
 * columns. Applied to these rows, a fully-connected layer is the convolution that it becomes at test time (Sect. 3.2).
 */
export function windows(maps: Tensor, side: number): { rows: Tensor; height: number; width: number } {
  const [batch = 0, height = 0, width = 0, channels = 0] = maps.shape;
  const across = width - side + 1;
  const down = height - side + 1;
  const length = side * side * channels;
  if (across === 1 && down === 1) return { rows: maps.reshape([batch, length]), height: down, width: across };
  using patches = execute(
    'ExtractImagePatches',
    [
      ofFloats(),
      intAttribute('ksizes', [1, side, side, 1]),
      intAttribute('strides', [1, 1, 1, 1]),
      intAttribute('rates', [1, 1, 1, 1]),
      stringAttribute('padding', 'VALID'),
    ],
    [maps],
  );
  return { rows: patches.reshape([batch * down * across, length]), height: down, width: across };
}
