import type { FcLayer, Layer, NetSize } from './layers.ts';
import { hiddenChannels } from './nets.ts';

/** Three fully-connected layers: two hidden ones, and one to the classes. */
export function fullyConnected(inputs: number, { scaled, lastMapSide: side, classes }: NetSize): FcLayer[] {
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
  // The indices between them belong to ReLU and dropout.
  return [layer('fc6', 0, inputs, hidden), layer('fc7', 3, hidden, hidden), layer('fc8', 6, hidden, classes)];
}

/** The mean of the last map over height and width, and one layer from it to the classes (Lin et al. 2013). */
export function averageHead(inputs: number, { lastMapSide: side, classes }: NetSize): Layer[] {
  return [
    { kind: 'average', name: 'average', channels: inputs, side },
    { kind: 'fc', name: 'fc', side: 1, inputs, outputs: classes, hidden: false, stored: 'fc' },
  ];
}
