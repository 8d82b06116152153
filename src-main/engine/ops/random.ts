import type { Tensor } from '../tensorflow.ts';
import { execute, ofFloats, typeAttribute, intsOf, scalarOf } from './execute.ts';
import { scale } from './pointwise.ts';

/*
 * Random tensors that depend on a pair of keys alone: the same keys give the same numbers, whatever was drawn before.
 */

type Keys = readonly [number, number];

function stateless(operation: string, shape: readonly number[], keys: Keys): Tensor {
  using extent = intsOf(shape);
  using seed = intsOf(keys);
  return execute(
    operation,
    [typeAttribute('dtype', 'float'), typeAttribute('T', 'int32'), typeAttribute('Tseed', 'int32')],
    [extent, seed],
  );
}

/** Normal with mean 0. */
export function randomNormal(shape: readonly number[], deviation: number, keys: Keys): Tensor {
  using standard = stateless('StatelessRandomNormal', shape, keys);
  return scale(standard, deviation);
}

/** Uniform in [−bound, bound). */
export function randomUniform(shape: readonly number[], bound: number, keys: Keys): Tensor {
  using unit = stateless('StatelessRandomUniform', shape, keys);
  using half = scalarOf(0.5);
  using centred = execute('Sub', [ofFloats()], [unit, half]);
  return scale(centred, 2 * bound);
}

/** A dropout mask: 0 with probability `rate`, else 1 / (1 − rate), so that the expected activation stays as it was. */
export function dropoutMask(shape: readonly number[], rate: number, keys: Keys): Tensor {
  using unit = stateless('StatelessRandomUniform', shape, keys);
  using bound = scalarOf(rate);
  using kept = execute('GreaterEqual', [ofFloats()], [unit, bound]);
  using floats = kept.cast('float32');
  return scale(floats, 1 / (1 - rate));
}
