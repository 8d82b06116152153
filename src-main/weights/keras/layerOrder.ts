import type * as Hdf5 from 'h5wasm/node';
import type { Library } from './library.ts';

/**
 * The paths of the datasets in the order in which the net computes, as a whole model or the weights of Keras 1 and 2 store
 * it: `layer_names` lists the layers, and `weight_names` of each its tensors, those of a net within a net one after the
 * other. Undefined where the file does not store it, as a `.weights.h5` of Keras 3, which numbers its layers instead.
 */
export function storedOrder(hdf5: Library, file: Hdf5.Group): ReadonlyMap<string, number> | undefined {
  const within = file.get('model_weights');
  const root = within instanceof hdf5.Group ? within : file;
  const layers = namesIn(root, 'layer_names');
  if (layers === undefined) return undefined;
  const places = layers.flatMap((layer) => {
    const group = root.get(layer);
    const tensors = group instanceof hdf5.Group ? (namesIn(group, 'weight_names') ?? []) : [];
    return tensors.map((tensor) => [...(root === file ? [] : ['model_weights']), layer, tensor].join('/'));
  });
  return new Map(places.map((place, index) => [place, index]));
}

function namesIn(group: Hdf5.Group, attribute: string): string[] | undefined {
  if (!Object.hasOwn(group.attrs, attribute)) return undefined;
  const value = group.attrs[attribute]?.value;
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : undefined;
}
