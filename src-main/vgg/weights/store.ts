import type { Variable } from '../../engine/Variable.ts';
import type { TensorToStore } from '../../foundation/safetensors.ts';
import type { Parameters } from '../Parameters.ts';
import { reorderChannels, storedTensors, toTorchvision, trainedTensors } from './layout.ts';

/** The tensors of a net in torchvision's names and layout, the first layer's channels in the order of the net's files. */
export function tensorsToStore(parameters: Parameters): TensorToStore[] {
  return toStore(parameters, storedTensors, (variable) => variable);
}

/**
 * One tensor for each variable that has a companion, such as its velocity.
 *
 * @param prefix put before each name, for example `momentum.`
 */
export function companionsToStore(
  parameters: Parameters,
  companionOf: (variable: Variable) => Variable | undefined,
  prefix: string,
): TensorToStore[] {
  return toStore(parameters, trainedTensors, companionOf, prefix);
}

function toStore(
  parameters: Parameters,
  tensorsOf: typeof storedTensors,
  pick: (variable: Variable) => Variable | undefined,
  prefix = '',
): TensorToStore[] {
  return parameters.parametricLayers().flatMap((layer) =>
    tensorsOf(layer).flatMap(({ name, shape, isWeight, of }) => {
      const variable = pick(of(parameters.of(layer)));
      if (variable === undefined) return [];
      return {
        name: prefix + name,
        shape,
        values: () =>
          variable.with((value) =>
            isWeight
              ? reorderChannels(layer, toTorchvision(layer, value), parameters.channels)
              : value.dataSync<'float32'>(),
          ),
      };
    }),
  );
}
