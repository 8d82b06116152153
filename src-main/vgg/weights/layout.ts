import { transpose } from '../../engine/ops/pointwise.ts';
import { tensorflow, type Tensor } from '../../engine/tensorflow.ts';
import { fanIn, weightShape, type ParametricLayer } from '../layers.ts';

/** The name of a parameter in torchvision's state dictionary, without `.weight` or `.bias`. */
export function torchvisionName(layer: ParametricLayer): string {
  return layer.kind === 'conv' ? `features.${layer.featureIndex}` : `classifier.${layer.classifierIndex}`;
}

/** The name in timm's, where the first two FC layers are stored as convolutions. */
export function timmName(layer: ParametricLayer): string {
  if (layer.kind === 'conv') return `features.${layer.featureIndex}`;
  return { fc6: 'pre_logits.fc1', fc7: 'pre_logits.fc2', fc8: 'head.fc' }[layer.name];
}

/** Shape of a weight in torchvision's files: [outputs, inputs, height, width], or [outputs, inputs] for FC. */
export function torchvisionShape(layer: ParametricLayer): number[] {
  return layer.kind === 'conv'
    ? [layer.outputs, layer.inputs, layer.kernel, layer.kernel]
    : [layer.outputs, fanIn(layer)];
}

/**
 * A weight in torchvision's layout as a tensor in ours.
 *
 * fc6 reads its map channel by channel there and position by position here, so its rows change places too: a plain
 * transpose would load without complaint and be wrong.
 */
export function fromTorchvision(layer: ParametricLayer, values: Float32Array): Tensor {
  const [outputs, inputs, height, width] = asConvolution(layer);
  const stored = tensorflow().tf.tensor(values, [outputs, inputs, height, width], 'float32');
  const exchanged = transpose(stored, [2, 3, 1, 0]);
  stored.dispose();
  const weight = exchanged.reshape(weightShape(layer));
  exchanged.dispose();
  return weight;
}

/** The reverse of {@link fromTorchvision}: the values in torchvision's order. */
export function toTorchvision(layer: ParametricLayer, weight: Tensor): Float32Array {
  const [outputs, inputs, height, width] = asConvolution(layer);
  const unrolled = weight.reshape([height, width, inputs, outputs]);
  const exchanged = transpose(unrolled, [3, 2, 0, 1]);
  unrolled.dispose();
  const values = exchanged.dataSync<'float32'>();
  exchanged.dispose();
  return values;
}

function asConvolution(layer: ParametricLayer): [number, number, number, number] {
  const side = layer.kind === 'conv' ? layer.kernel : layer.side;
  return [layer.outputs, layer.inputs, side, side];
}
