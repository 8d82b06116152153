import { fanIn, layersOf, type Architecture, type Layer } from './layers.ts';

/** What a layer does to one image, exactly. */
export interface LayerDescription {
  name: string;
  kind: Layer['kind'];
  /** `3×3`, or empty where there is no filter. */
  filter: string;
  /** [height, width, channels] of its output, for an input of the net's crop. */
  output: [number, number, number];
  /** Weights and biases. */
  parameters: number;
  /** Multiply-accumulates for one image; the biases are not counted. */
  macs: number;
  /** Bytes of its output for one image, as float32. */
  activationBytes: number;
  /** Bytes of its weights and biases, as float32. */
  weightBytes: number;
  /** Side, in pixels of the input, of what one output sees. */
  receptiveField: number;
  /** Pixels of the input between neighbouring outputs. */
  stride: number;
}

export interface NetworkDescription extends Architecture {
  /** Layers with weights, as the paper counts depth. */
  depth: number;
  parameters: number;
  macs: number;
  /** Bytes of all outputs of one image. */
  activationBytes: number;
  weightBytes: number;
  /** Of the last convolutional block, in pixels of the input. */
  receptiveField: number;
  layers: LayerDescription[];
}

const bytesPerFloat = 4;

/** Shapes, parameters, multiply-accumulates, memory and receptive fields of a net (Tables 1 and 2). */
export function describeNetwork(architecture: Architecture): NetworkDescription {
  let side = architecture.crop;
  let receptiveField = 1;
  let stride = 1;
  let lastMapField = 1;
  const layers = layersOf(architecture).map((layer): LayerDescription => {
    let filter = '';
    let parameters = 0;
    let macs = 0;
    if (layer.kind === 'pool') {
      filter = '2×2';
      receptiveField += stride;
      stride *= 2;
      side = Math.floor(side / 2);
    } else if (layer.kind !== 'lrn') {
      const kernel = layer.kind === 'conv' ? layer.kernel : layer.side;
      filter = `${kernel}×${kernel}`;
      receptiveField += (kernel - 1) * stride;
      if (layer.kind === 'fc') side = 1;
      const weights = fanIn(layer) * layer.outputs;
      parameters = weights + layer.outputs;
      macs = weights * side * side;
    }
    if (layer.kind !== 'fc') lastMapField = receptiveField;
    const channels = 'channels' in layer ? layer.channels : layer.outputs;
    return {
      name: layer.name,
      kind: layer.kind,
      filter,
      output: [side, side, channels],
      parameters,
      macs,
      activationBytes: side * side * channels * bytesPerFloat,
      weightBytes: parameters * bytesPerFloat,
      receptiveField,
      stride,
    };
  });
  const total = (pick: (layer: LayerDescription) => number) =>
    layers.reduce((sum, layer) => sum + pick(layer), 0);
  return {
    ...architecture,
    depth: layers.filter((layer) => layer.kind === 'conv' || layer.kind === 'fc').length,
    parameters: total((layer) => layer.parameters),
    macs: total((layer) => layer.macs),
    activationBytes: total((layer) => layer.activationBytes),
    weightBytes: total((layer) => layer.weightBytes),
    receptiveField: lastMapField,
    layers,
  };
}
