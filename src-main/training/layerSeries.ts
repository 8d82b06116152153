/**
 * The quantities logged for each layer at intervals, as `group/quantity`. The values of a step come from the pass that
 * gave its loss: those of step 1 belong to the weights before the first update.
 *
 * - `gradient`: of the loss by the layer's weights, after clipping and without weight decay: L2 norm, mean and deviation
 *   over all of them;
 * - `weight`: L2 norm before the update, and the norm of the update (with momentum and weight decay) as a share of it;
 * - `activation`: of the layer's output on the whole batch, after its ReLU and before dropout: mean, deviation, root mean
 *   square, and the share of its channels that are 0 everywhere (`dead`, 0–1, for layers with ReLU).
 */
export const layerQuantities = [
  'gradient/norm',
  'gradient/mean',
  'gradient/deviation',
  'weight/norm',
  'weight/update',
  'activation/mean',
  'activation/deviation',
  'activation/rms',
  'activation/dead',
] as const;
export type LayerQuantity = (typeof layerQuantities)[number];

/** The series of a quantity: `gradient/conv1_1/norm`. The layer `*` gives a GLOB pattern for all layers. */
export function layerSeriesName(quantity: LayerQuantity, layer: string): string {
  const [group = '', own = ''] = quantity.split('/');
  return `${group}/${layer}/${own}`;
}

/** The layer that a series belongs to. */
export function layerOfSeries(name: string): string {
  return name.slice(name.indexOf('/') + 1, name.lastIndexOf('/'));
}
