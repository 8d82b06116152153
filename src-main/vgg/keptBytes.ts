import type { LayerDescription, NetworkDescription } from './describe.ts';

/** A pool keeps a byte for each float: which of its window it is. */
const withPlaces = 1.25;

/** Bytes that each layer keeps for an image until its backward pass, where the workbench's own kernels compute it. */
export function keptByLayers({ layers }: Pick<NetworkDescription, 'layers'>): number[] {
  return layers.map((layer, index) => {
    if (isOfPool(layer, layers[index + 1])) return 0;
    const previous = layers[index - 1];
    return layer.activationBytes * (previous && isOfPool(previous, layer) ? withPlaces : 1);
  });
}

/** Bytes of all that is kept of an image from the forward to the backward pass. */
export function keptBytes(net: Pick<NetworkDescription, 'layers'>): number {
  return keptByLayers(net).reduce((sum, bytes) => sum + bytes, 0);
}

/** Whether a convolution is pooled in its own pass, so that only the pool's output is ever written. */
function isOfPool(layer: LayerDescription, next: LayerDescription | undefined): boolean {
  return layer.kind === 'conv' && !layer.normalised && layer.filter === '3×3' && next?.kind === 'pool';
}
