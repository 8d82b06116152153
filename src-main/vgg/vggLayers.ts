import { averageHead, fullyConnected } from './heads.ts';
import { channelsOf, type AddLayer, type ConvLayer, type Layer, type NetSize } from './layers.ts';
import type { VggPlan } from './nets.ts';

/** The layers of a net of the kind in Table 1. */
export function vggLayers({ blocks, shortcuts, head }: VggPlan, size: NetSize): Layer[] {
  const layers: Layer[] = [];
  let inputs = 3;
  // In torchvision's `features`, ReLU, LRN and pooling count too.
  let featureIndex = 0;
  for (const [index, row] of blocks.split(' | ').entries()) {
    const block = index + 1;
    let position = 0;
    for (const cell of row.split(' ')) {
      if (cell === 'LRN') {
        layers.push({ kind: 'lrn', name: `lrn${block}`, channels: inputs });
        featureIndex += 1;
        continue;
      }
      const [kernel = 0, channels = 0] = cell.split('-').map(Number);
      position += 1;
      const endsPair = shortcuts === 'identity' && block > 1 && position % 2 === 0;
      const convolution: ConvLayer = {
        kind: 'conv',
        name: `conv${block}_${position}`,
        kernel,
        stride: 1,
        inputs,
        outputs: size.scaled(channels),
        // The ReLU of a pair comes after the sum.
        relu: !endsPair,
        stored: `features.${featureIndex}`,
        normalisation: null,
      };
      layers.push(convolution);
      if (endsPair) layers.push(identityAroundPair(layers, `add${block}_${position / 2}`));
      inputs = convolution.outputs;
      featureIndex += 2;
    }
    layers.push({ kind: 'pool', name: `pool${block}`, channels: inputs, side: 2, stride: 2, padding: 0 });
    featureIndex += 1;
  }
  return [...layers, ...(head === 'average' ? averageHead(inputs, size) : fullyConnected(inputs, size))];
}

/** A shortcut around the last two layers, from the one before them. */
function identityAroundPair(layers: readonly Layer[], name: string): AddLayer {
  const [source, , last] = layers.slice(-3);
  if (!source || !last) throw new Error('A shortcut goes around a pair behind another layer.');
  return {
    kind: 'add',
    name,
    channels: channelsOf(last),
    from: source.name,
    inputs: channelsOf(source),
    projection: null,
  };
}
