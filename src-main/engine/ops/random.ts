import type { Tensor } from '../tensorflow.ts';
import { execute, ofFloats, typeAttribute, withInts, withScalar } from './execute.ts';
import { scale } from './pointwise.ts';

/*
 * Random tensors that depend on a pair of keys alone: the same keys give the same numbers, whatever was drawn before.
 */

type Keys = readonly [number, number];

function stateless(operation: string, shape: readonly number[], keys: Keys): Tensor {
  return withInts(shape, (extent) =>
    withInts(keys, (seed) =>
      execute(
        operation,
        [typeAttribute('dtype', 'float'), typeAttribute('T', 'int32'), typeAttribute('Tseed', 'int32')],
        [extent, seed],
      ),
    ),
  );
}

/** Normal with mean 0. */
export function randomNormal(shape: readonly number[], deviation: number, keys: Keys): Tensor {
  const standard = stateless('StatelessRandomNormal', shape, keys);
  const scaled = scale(standard, deviation);
  standard.dispose();
  return scaled;
}

/** Uniform in [−bound, bound). */
export function randomUniform(shape: readonly number[], bound: number, keys: Keys): Tensor {
  const unit = stateless('StatelessRandomUniform', shape, keys);
  const centred = withScalar(0.5, (half) => execute('Sub', [ofFloats()], [unit, half]));
  unit.dispose();
  const scaled = scale(centred, 2 * bound);
  centred.dispose();
  return scaled;
}

/** A dropout mask: 0 with probability `rate`, else 1 / (1 − rate), so that the expected activation stays as it was. */
export function dropoutMask(shape: readonly number[], rate: number, keys: Keys): Tensor {
  const unit = stateless('StatelessRandomUniform', shape, keys);
  const kept = withScalar(rate, (bound) => execute('GreaterEqual', [ofFloats()], [unit, bound]));
  unit.dispose();
  const floats = kept.cast('float32');
  kept.dispose();
  const mask = scale(floats, 1 / (1 - rate));
  floats.dispose();
  return mask;
}
