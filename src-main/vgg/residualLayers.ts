import type { ConvLayer, Layer, NetSize } from './layers.ts';
import type { ResidualPlan } from './nets.ts';
import { averageHead } from './heads.ts';

/**
 * The layers of the 34-layer nets of He et al. 2015 (Table 1, Fig. 3), with torchvision's names in files. Batch
 * normalisation follows each convolution; a shortcut that halves the map or adds channels is a 1×1 convolution (option B).
 */
export function residualLayers({ blocks, shortcuts }: ResidualPlan, size: NetSize): Layer[] {
  const stem = size.scaled(64);
  const layers: Layer[] = [
    convolution('conv1_1', 'conv1', 'bn1', { kernel: 7, stride: 2, inputs: 3, outputs: stem }),
    { kind: 'pool', name: 'pool1', channels: stem, side: 3, stride: 2, padding: 1 },
  ];
  let inputs = stem;
  for (const [index, [channels, pairs]] of blocks.entries()) {
    // conv2_x follows the stem.
    const block = index + 2;
    const outputs = size.scaled(channels);
    for (let pair = 0; pair < pairs; pair++) {
      const stride = pair === 0 && index > 0 ? 2 : 1;
      const at = { block, pair, stored: `layer${index + 1}.${pair}`, stride, inputs, outputs };
      layers.push(...(shortcuts === 'none' ? plainPair(at) : residualPair(at, layers.at(-1)?.name ?? '')));
      inputs = outputs;
    }
  }
  return [...layers, ...averageHead(inputs, size)];
}

interface Pair {
  block: number;
  pair: number;
  stored: string;
  stride: number;
  inputs: number;
  outputs: number;
}

function plainPair({ block, pair, stored, stride, inputs, outputs }: Pair): [ConvLayer, ConvLayer] {
  const name = (position: number) => `conv${block}_${2 * pair + position}`;
  return [
    convolution(name(1), `${stored}.conv1`, `${stored}.bn1`, { kernel: 3, stride, inputs, outputs }),
    convolution(name(2), `${stored}.conv2`, `${stored}.bn2`, {
      kernel: 3,
      stride: 1,
      inputs: outputs,
      outputs,
    }),
  ];
}

function residualPair(at: Pair, from: string): Layer[] {
  const { block, pair, stored, stride, inputs, outputs } = at;
  const [first, second] = plainPair(at);
  const changes = stride > 1 || inputs !== outputs;
  const projection: ConvLayer = {
    ...convolution(`proj${block}_${pair + 1}`, `${stored}.downsample.0`, `${stored}.downsample.1`, {
      kernel: 1,
      stride,
      inputs,
      outputs,
    }),
    relu: false,
    input: from,
  };
  return [
    first,
    { ...second, relu: false },
    ...(changes ? [projection] : []),
    {
      kind: 'add',
      name: `add${block}_${pair + 1}`,
      channels: outputs,
      from,
      inputs: changes ? outputs : inputs,
      projection: changes ? projection.name : null,
    },
  ];
}

function convolution(
  name: string,
  stored: string,
  normalisation: string,
  shape: Pick<ConvLayer, 'kernel' | 'stride' | 'inputs' | 'outputs'>,
): ConvLayer {
  return { kind: 'conv', name, ...shape, relu: true, stored, normalisation };
}
