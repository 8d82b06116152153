/** Groups of a Keras file that are no layers: where versions of Keras keep the layers and their tensors. */
const containers = new Set(['model_weights', 'layers', 'vars', '_layer_checkpoint_dependencies']);

/**
 * The layer that a tensor belongs to, by the path of its dataset; undefined for what belongs to none.
 *
 * `block1_conv1/block1_conv1/kernel:0` and `model_weights/block1_conv1/model/block1_conv1/…` belong to `block1_conv1`,
 * `layers/conv2d_1/vars/0`, as Keras 3 writes it, to `conv2d_1`, and `model_weights/vgg16/block1_conv1/kernel:0`, where a
 * net is a layer of another, to `vgg16/block1_conv1`. The optimiser's tensors belong to no layer.
 */
export function layerOf(place: readonly string[]): string | undefined {
  if (place.some((part) => /^optimizer(?:_weights)?$/.test(part))) return undefined;
  const parts = place.slice(0, -1).filter((part) => !containers.has(part));
  const [first] = parts;
  if (first === undefined) return undefined;
  // The same layer once more, perhaps within the name of its model.
  if (parts.at(-1) === first) return first;
  return parts.filter((part, index) => part !== parts[index - 1]).join('/');
}

/**
 * The names of one layer's tensors. What they were called has changed over the years: the one with two or more extents
 * is the weight, and the one with one extent the bias. Where there are more, the layer is no plain one, and its tensors
 * keep their own names.
 */
export function tensorNames<T extends { own: string; shape: readonly number[] }>(
  layer: string,
  tensors: readonly T[],
): [name: string, tensor: T][] {
  const isWeight = ({ shape }: T) => shape.length > 1;
  const weights = tensors.filter(isWeight);
  const isPlain = weights.length === 1 && tensors.length <= 2;
  return tensors.map((tensor) => {
    const role = isWeight(tensor) ? 'weight' : 'bias';
    return [`${layer}.${isPlain ? role : tensor.own.replace(/:0$/, '')}`, tensor];
  });
}
