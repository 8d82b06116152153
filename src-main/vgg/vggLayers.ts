import type { AddLayer, ConvLayer, FcLayer, Layer, NetSize } from './layers.ts';
import { hiddenChannels, type VggPlan } from './nets.ts';

/** The layers of a net of Table 1's kind. */
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
      const convolution: ConvLayer = {
        kind: 'conv',
        name: `conv${block}_${++position}`,
        kernel,
        stride: 1,
        inputs,
        outputs: size.scaled(channels),
        relu: true,
        stored: `features.${featureIndex}`,
        normalisation: null,
      };
      const previous = layers.at(-1);
      layers.push(convolution);
      if (shortcuts === 'identity' && position % 2 === 0 && previous?.kind === 'conv' && block > 1) {
        layers.push(identityAround(layers, previous, convolution, `add${block}_${position / 2}`));
      }
      inputs = convolution.outputs;
      featureIndex += 2;
    }
    layers.push({ kind: 'pool', name: `pool${block}`, channels: inputs, side: 2, stride: 2, padding: 0 });
    featureIndex += 1;
  }
  return [...layers, ...(head === 'average' ? averageHead(inputs, size) : fullyConnected(inputs, size))];
}

/** A shortcut around a pair of convolutions: the ReLU of the second comes after the sum. */
function identityAround(
  layers: readonly Layer[],
  first: ConvLayer,
  second: ConvLayer,
  name: string,
): AddLayer {
  const source = layers[layers.indexOf(first) - 1];
  if (!source) throw new Error('A shortcut begins at a layer.');
  second.relu = false;
  return {
    kind: 'add',
    name,
    channels: second.outputs,
    from: source.name,
    inputs: first.inputs,
    projection: null,
  };
}

function fullyConnected(inputs: number, { scaled, lastMapSide: side, classes }: NetSize): FcLayer[] {
  const hidden = scaled(hiddenChannels);
  const layer = (name: FcLayer['name'], index: number, from: number, to: number): FcLayer => ({
    kind: 'fc',
    name,
    side: name === 'fc6' ? side : 1,
    inputs: from,
    outputs: to,
    hidden: name !== 'fc8',
    stored: `classifier.${index}`,
  });
  // The indices between are ReLU and dropout.
  return [layer('fc6', 0, inputs, hidden), layer('fc7', 3, hidden, hidden), layer('fc8', 6, hidden, classes)];
}

/** The mean of the last map over height and width, and one layer from it to the classes (Lin et al. 2013). */
export function averageHead(inputs: number, { lastMapSide: side, classes }: NetSize): Layer[] {
  return [
    { kind: 'average', name: 'average', channels: inputs, side },
    { kind: 'fc', name: 'fc', side: 1, inputs, outputs: classes, hidden: false, stored: 'fc' },
  ];
}
