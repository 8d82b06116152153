import { ownKernels } from '../kernels.ts';
import { tensorflow, type Tensor } from '../tensorflow.ts';
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
  return shiftedAndScaled(stateless('StatelessRandomNormal', shape, keys), 0, deviation);
}

/** Uniform in [−bound, bound). */
export function randomUniform(shape: readonly number[], bound: number, keys: Keys): Tensor {
  return shiftedAndScaled(stateless('StatelessRandomUniform', shape, keys), -0.5, 2 * bound);
}

/**
 * (values + shift) · factor. Takes over a tensor that nobody else has, and disposes it. Where the workbench's own kernels are,
 * its memory goes back to the system, since the weights of fc6 alone are 400 MB.
 */
function shiftedAndScaled(drawn: Tensor, shift: number, factor: number): Tensor {
  using own = drawn;
  if (ownKernels() !== null) {
    using coefficients = tensorflow().tf.tensor1d([shift, factor], 'float32');
    return execute('VggTakeDrawn', [], [own, coefficients]);
  }
  using addend = scalarOf(shift);
  using shifted = execute('AddV2', [ofFloats()], [own, addend]);
  return scale(shifted, factor);
}

/** A dropout mask: 0 with probability `rate`, else 1 / (1 − rate), so that the expected activation stays as it was. */
export function dropoutMask(shape: readonly number[], rate: number, keys: Keys): Tensor {
  using unit = stateless('StatelessRandomUniform', shape, keys);
  using bound = scalarOf(rate);
  using kept = execute('GreaterEqual', [ofFloats()], [unit, bound]);
  using floats = kept.cast('float32');
  return scale(floats, 1 / (1 - rate));
}
