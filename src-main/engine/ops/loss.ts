import type { Tensor } from '../tensorflow.ts';
import { executeAll, ofFloats, typeAttribute } from './execute.ts';

/** Losses and the gradient of each by the logits, from whole-number labels: [batch], [batch, classes]. */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor): { losses: Tensor; gradient: Tensor } {
  const [losses, gradient] = executeAll(
    'SparseSoftmaxCrossEntropyWithLogits',
    [ofFloats(), typeAttribute('Tlabels', 'int32')],
    [logits, labels],
    2,
  );
  if (!losses || !gradient) throw new Error('SparseSoftmaxCrossEntropyWithLogits has two outputs.');
  return { losses, gradient };
}
