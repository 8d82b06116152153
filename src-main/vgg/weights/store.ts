import type { Variable } from '../../engine/Variable.ts';
import type { ParametricLayer } from '../layers.ts';
import { torchvisionName, torchvisionShape, toTorchvision } from './layout.ts';
import type { TensorToStore } from '../../foundation/safetensors.ts';

/**
 * The tensors of a net, or of anything with one variable per weight and bias, in torchvision's names and layout.
 *
 * @param prefix stands before each name, for example `momentum.`
 */
export function tensorsToStore(
  layers: readonly ParametricLayer[],
  variablesOf: (layer: ParametricLayer) => { weight: Variable; bias: Variable },
  prefix = '',
): TensorToStore[] {
  return layers.flatMap((layer) => {
    const { weight, bias } = variablesOf(layer);
    const name = prefix + torchvisionName(layer);
    return [
      {
        name: `${name}.weight`,
        shape: torchvisionShape(layer),
        values: () => weight.with((value) => toTorchvision(layer, value)),
      },
      {
        name: `${name}.bias`,
        shape: [layer.outputs],
        values: () => bias.with((value) => value.dataSync<'float32'>()),
      },
    ];
  });
}
