import type { WeightsFormat } from '../../weights/formats.ts';
import type { ParametricLayer } from '../layers.ts';

/** Returns the name under which a format stores a layer, without `.weight` or `.bias`. */
export type NameOf = (layer: ParametricLayer) => string;

/** The names of a net's layers in a format. @param layers all of the net, in order: some formats number them */
export function namesIn({ name }: WeightsFormat, layers: readonly ParametricLayer[]): NameOf {
  switch (name) {
    case 'torchvision':
    case 'workbench':
      return ({ stored }) => stored;
    case 'timm':
      // The first two FC layers are stored as convolutions.
      return (layer) =>
        layer.kind === 'conv'
          ? layer.stored
          : { fc6: 'pre_logits.fc1', fc7: 'pre_logits.fc2', fc8: 'head.fc', fc: 'fc' }[layer.name];
    case 'caffe':
      return (layer) => layer.name;
    case 'keras':
      return (layer) =>
        layer.kind === 'conv'
          ? layer.name.replace(/^conv(\d+)_(\d+)$/, 'block$1_conv$2')
          : { fc6: 'fc1', fc7: 'fc2', fc8: 'predictions', fc: 'predictions' }[layer.name];
    case 'keras-numbered':
      return (layer) => {
        const position = layers
          .filter(({ kind }) => kind === layer.kind)
          .findIndex((each) => each.name === layer.name);
        return (layer.kind === 'conv' ? 'conv2d' : 'dense') + (position === 0 ? '' : `_${position}`);
      };
  }
}

/** Whether a tensor's name belongs to a net in a format; others, such as a checkpoint's velocities, are ignored. */
export function isOfANet({ name: format }: WeightsFormat, tensor: string): boolean {
  // In files of Caffe and Keras every layer with weights belongs to the net.
  if (format === 'caffe' || format.startsWith('keras')) return true;
  return (
    /^(?:features|classifier|pre_logits|head|conv1|bn1|layer\d|fc)\..+$/.test(tensor) &&
    !tensor.endsWith('.num_batches_tracked')
  );
}
