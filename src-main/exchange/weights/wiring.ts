import type { Layer } from '../../vgg/layers.ts';

/** The image, among the names of layers. */
export const imageName = 'image';

/** A layer and the names of what it reads: one, or of a sum the branch and the shortcut. */
export interface WiredLayer {
  layer: Layer;
  reads: string[];
}

/** The list of layers as the graph that it stands for. */
export function wired(layers: readonly Layer[]): WiredLayer[] {
  let before = imageName;
  return layers.map((layer) => {
    // A projection reads where its shortcut begins, and the next layer reads what came before it.
    if (layer.kind === 'conv' && layer.input !== undefined) return { layer, reads: [layer.input] };
    const reads = layer.kind === 'add' ? [before, layer.projection ?? layer.from] : [before];
    before = layer.name;
    return { layer, reads };
  });
}
