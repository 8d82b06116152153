import type { Layer } from '../../vgg/layers.ts';

/** The name of the image among the names of layers. */
export const imageName = 'image';

/** A layer and the names of its inputs: one, or for a sum the branch and the shortcut. */
export interface WiredLayer {
  layer: Layer;
  reads: string[];
}

/** Converts the list of layers to the graph that it represents. */
export function wireLayers(layers: readonly Layer[]): WiredLayer[] {
  let before = imageName;
  return layers.map((layer) => {
    // A projection reads the start of its shortcut, and the next layer reads the layer before the projection.
    if (layer.kind === 'conv' && layer.input !== undefined) return { layer, reads: [layer.input] };
    const reads = layer.kind === 'add' ? [before, layer.projection ?? layer.from] : [before];
    before = layer.name;
    return { layer, reads };
  });
}
