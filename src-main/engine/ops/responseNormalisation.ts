import type { Tensor } from '../tensorflow.ts';
import { execute, floatAttribute, intAttribute, ofFloats } from './execute.ts';

/*
 * Local response normalisation of maps [batch, height, width, channels]. None disposes its inputs; the caller owns the result.
 */

/** With AlexNet's constants: b = a / (2 + 1e-4 · Σ over 5 neighbouring channels of a²)^0.75. */
const responseNormalisation = () => [
  ofFloats(),
  intAttribute('depth_radius', 2),
  floatAttribute('bias', 2),
  floatAttribute('alpha', 1e-4),
  floatAttribute('beta', 0.75),
];

/** Local response normalisation (A-LRN, Table 1). */
export function normaliseResponse(maps: Tensor): Tensor {
  return execute('LRN', responseNormalisation(), [maps]);
}

/** Gradient through {@link normaliseResponse}. */
export function normaliseResponseGradient(gradient: Tensor, maps: Tensor, normalised: Tensor): Tensor {
  return execute('LRNGrad', responseNormalisation(), [gradient, maps, normalised]);
}
