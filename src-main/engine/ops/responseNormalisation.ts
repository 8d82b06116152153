import type { Tensor } from '../tensorflow.ts';
import { execute, floatAttribute, intAttribute, ofFloats } from './execute.ts';

/*
 * Local response normalisation of maps [batch, height, width, channels]. None disposes its inputs; the caller owns the result.
 */

/** AlexNet's constants: b = a / (2 + 1e-4 · Σ over 5 neighbouring channels of a²)^0.75. */
export const responseConstants = { radius: 2, bias: 2, alpha: 1e-4, beta: 0.75 } as const;

const responseNormalisation = () => [
  ofFloats(),
  intAttribute('depth_radius', responseConstants.radius),
  floatAttribute('bias', responseConstants.bias),
  floatAttribute('alpha', responseConstants.alpha),
  floatAttribute('beta', responseConstants.beta),
];

/** Local response normalisation (A-LRN, Table 1). */
export function normaliseResponse(maps: Tensor): Tensor {
  return execute('LRN', responseNormalisation(), [maps]);
}

/** Gradient through {@link normaliseResponse}. */
export function normaliseResponseGradient(gradient: Tensor, maps: Tensor, normalised: Tensor): Tensor {
  return execute('LRNGrad', responseNormalisation(), [gradient, maps, normalised]);
}
