import type { Tensor } from '../tensorflow.ts';
import { execute, ofFloats, scalarOf } from './execute.ts';

/*
 * Operations on single elements, and on the channels of each position. None disposes its inputs; the caller owns the result.
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

export function multiply(left: Tensor, right: Tensor): Tensor {
  return execute('Mul', [ofFloats()], [left, right]);
}

export function scale(tensor: Tensor, factor: number): Tensor {
  using scalar = scalarOf(factor);
  return execute('Mul', [ofFloats()], [tensor, scalar]);
}

export function add(left: Tensor, right: Tensor): Tensor {
  return execute('AddV2', [ofFloats()], [left, right]);
}

/** Softmax over the last axis. */
export function softmax(logits: Tensor): Tensor {
  return execute('Softmax', [ofFloats()], [logits]);
}
