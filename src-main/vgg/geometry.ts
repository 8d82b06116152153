import { roundsHalvesUp, type Architecture, type Layer } from './layers.ts';

/** The geometry of a layer's output in pixels of the input, the same across and down. */
export interface LayerGeometry {
  /** Side of its output, for an input of the net's crop. */
  side: number;
  /** Side of the area that one unit sees; larger than the input where a unit also sees padding. */
  receptiveField: number;
  /** Pixels of the input from one unit's field to the next one's. */
  stride: number;
  /** Where the first unit's field begins; negative where it sees padding. */
  offset: number;
}

/** The geometry of each layer, in order. A shortcut never sees more than the convolutions that it bypasses. */
export function geometryOf(layers: readonly Layer[], { config, crop }: Architecture): LayerGeometry[] {
  const halved = roundsHalvesUp(config) ? Math.ceil : Math.floor;
  let current: LayerGeometry = { side: crop, receptiveField: 1, stride: 1, offset: 0 };
  const known = new Map<string, LayerGeometry>();
  for (const layer of layers) {
    const source = layer.kind === 'conv' && layer.input !== undefined ? known.get(layer.input) : undefined;
    const next = after(layer, source ?? current, halved);
    known.set(layer.name, next);
    // A projection is not part of the chain.
    if (source === undefined) current = next;
  }
  return layers.map(({ name }) => known.get(name) ?? current);
}

function after(layer: Layer, input: LayerGeometry, halved: (side: number) => number): LayerGeometry {
  switch (layer.kind) {
    case 'lrn':
    case 'add':
      return input;
    case 'fc':
    case 'average':
      return { ...slid(input, layer.side, 1, 0), side: 1 };
    case 'conv':
    case 'pool': {
      const [side, padding] =
        layer.kind === 'conv' ? [layer.kernel, (layer.kernel - 1) / 2] : [layer.side, layer.padding];
      const next = slid(input, side, layer.stride, padding);
      return { ...next, side: layer.stride === 1 ? input.side : halved(input.side / layer.stride) };
    }
  }
}

/** The geometry after windows of that side are slid over the units. */
function slid(input: LayerGeometry, side: number, stride: number, padding: number): LayerGeometry {
  return {
    side: input.side,
    receptiveField: input.receptiveField + (side - 1) * input.stride,
    stride: input.stride * stride,
    offset: input.offset - padding * input.stride,
  };
}
