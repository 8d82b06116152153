import { geometryOf } from './geometry.ts';
import { channelsOf, fanIn, isRectified, type Architecture, type Layer } from './layers.ts';
import { layersOf } from './layersOf.ts';

/** Shapes and costs of a layer for one image. */
export interface LayerDescription {
  name: string;
  kind: Layer['kind'];
  /** `3×3`, or empty where there is no filter. */
  filter: string;
  /** [height, width, channels] of its output, for an input of the net's crop. */
  output: [number, number, number];
  /** Weights, biases and the scales of batch normalisation. */
  parameters: number;
  /** Multiply-accumulates for one image; the biases are not counted. */
  macs: number;
  /** Bytes of its output for one image, as float32. */
  activationBytes: number;
  /** Bytes of its weights and biases, as float32. */
  weightBytes: number;
  /** Side, in pixels of the input, of the area that one output sees. */
  receptiveField: number;
  /** Pixels of the input between neighbouring outputs. */
  stride: number;
  /** Whether a ReLU ends it. */
  rectified: boolean;
  /** The layer whose output is added; null except for sums. */
  shortcutFrom: string | null;
  /** Distance, in cells of its own input, between neighbouring outputs across and down: 2 where it halves the map. */
  step: number;
  /** Whether batch normalisation comes before its bias. */
  normalised: boolean;
  /** The layer that a projection on a shortcut reads; null for the layers of the chain. */
  projects: string | null;
}

export interface NetworkDescription extends Architecture {
  /** Layers with weights, as the paper counts depth; projections of shortcuts do not count. */
  depth: number;
  parameters: number;
  macs: number;
  /** Bytes of all outputs of one image. */
  activationBytes: number;
  weightBytes: number;
  /** Receptive field of the last convolutional block, in pixels of the input. */
  receptiveField: number;
  layers: LayerDescription[];
}

const bytesPerFloat = 4;

/** Shapes, parameters, multiply-accumulates, memory and receptive fields of a net (Tables 1 and 2). */
export function describeNetwork(architecture: Architecture): NetworkDescription {
  const all = layersOf(architecture);
  const geometry = geometryOf(all, architecture);
  const layers = all.map((layer, index): LayerDescription => {
    const { side = 1, receptiveField = 1, stride = 1 } = geometry[index] ?? {};
    const channels = channelsOf(layer);
    const parameters = parametersOf(layer);
    return {
      name: layer.name,
      kind: layer.kind,
      filter: filterOf(layer),
      output: [side, side, channels],
      parameters,
      macs: weightsOf(layer) * side * side,
      activationBytes: side * side * channels * bytesPerFloat,
      weightBytes: parameters * bytesPerFloat,
      receptiveField,
      stride,
      rectified: isRectified(layer),
      shortcutFrom: layer.kind === 'add' ? layer.from : null,
      step: layer.kind === 'conv' || layer.kind === 'pool' ? layer.stride : 1,
      normalised: layer.kind === 'conv' && layer.normalisation !== null,
      projects: layer.kind === 'conv' ? (layer.input ?? null) : null,
    };
  });
  const total = (pick: (layer: LayerDescription) => number) =>
    layers.reduce((sum, layer) => sum + pick(layer), 0);
  return {
    ...architecture,
    depth: all.filter((layer) => layer.kind === 'fc' || (layer.kind === 'conv' && layer.input === undefined))
      .length,
    parameters: total((layer) => layer.parameters),
    macs: total((layer) => layer.macs),
    activationBytes: total((layer) => layer.activationBytes),
    weightBytes: total((layer) => layer.weightBytes),
    receptiveField: layers.findLast(({ kind }) => kind !== 'fc' && kind !== 'average')?.receptiveField ?? 1,
    layers,
  };
}

/** Without biases and the parameters of batch normalisation. */
function weightsOf(layer: Layer): number {
  return layer.kind === 'conv' || layer.kind === 'fc' ? fanIn(layer) * layer.outputs : 0;
}

/** A batch normalisation has a scale in addition to the bias. */
function parametersOf(layer: Layer): number {
  if (layer.kind !== 'conv' && layer.kind !== 'fc') return 0;
  const scales = layer.kind === 'conv' && layer.normalisation !== null ? layer.outputs : 0;
  return weightsOf(layer) + layer.outputs + scales;
}

function filterOf(layer: Layer): string {
  if (layer.kind === 'lrn' || layer.kind === 'add') return '';
  const side = layer.kind === 'conv' ? layer.kernel : layer.side;
  return `${side}×${side}`;
}
