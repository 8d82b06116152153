/**
 * What is logged of each layer, from time to time, as `group/quantity`. The values of a step are of the pass that gave its
 * loss: those of step 1 are of the weights before the first update.
 *
 * - `gradient`: of the loss by the layer's weights, without weight decay: L2 norm, mean and deviation over all of them;
 * - `weight`: L2 norm before the update, and what share of it the norm of the update is, momentum and weight decay included;
 * - `activation`: of the layer's output on the whole batch, after its ReLU and before dropout: mean, deviation, root mean
 *   square, and the share of its channels that are 0 everywhere (`dead`, 0–1, of layers with ReLU).
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

/** The series of a quantity: `gradient/conv1_1/norm`. `*` for all layers gives a pattern as GLOB takes it. */
export function layerSeriesName(quantity: LayerQuantity, layer: string): string {
  const [group = '', own = ''] = quantity.split('/');
  return `${group}/${layer}/${own}`;
}

/** The layer that a series is of. */
export function layerOfSeries(name: string): string {
  return name.slice(name.indexOf('/') + 1, name.lastIndexOf('/'));
}
