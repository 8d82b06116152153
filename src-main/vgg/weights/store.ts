import type { Variable } from '../../engine/Variable.ts';
import type { TensorToStore } from '../../foundation/safetensors.ts';
import type { Parameters } from '../Parameters.ts';
import { storedTensors, toTorchvision, trainedTensors } from './layout.ts';

/** The tensors of a net in torchvision's names and layout. */
export function tensorsToStore(parameters: Parameters): TensorToStore[] {
  return toStore(parameters, storedTensors, (variable) => variable);
}

/**
 * One tensor for each variable that is trained, such as its velocity.
 *
 * @param prefix stands before each name, for example `momentum.`
 */
export function companionsToStore(
  parameters: Parameters,
  companionOf: (variable: Variable) => Variable,
  prefix: string,
): TensorToStore[] {
  return toStore(parameters, trainedTensors, companionOf, prefix);
}

function toStore(
  parameters: Parameters,
  tensorsOf: typeof storedTensors,
  pick: (variable: Variable) => Variable,
  prefix = '',
): TensorToStore[] {
  return parameters.parametricLayers().flatMap((layer) =>
    tensorsOf(layer).map(({ name, shape, isWeight, of }) => {
      const variable = pick(of(parameters.of(layer)));
      return {
        name: prefix + name,
        shape,
        values: () =>
          variable.with((value) => (isWeight ? toTorchvision(layer, value) : value.dataSync<'float32'>())),
      };
    }),
  );
}
