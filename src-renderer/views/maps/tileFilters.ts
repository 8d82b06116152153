import type { LayerFilters } from '../../../src-main/workbench/contract.ts';
import type { ShownMaps } from '../../shared/maps/LoadedMaps.svelte.ts';

/**
 * Filters as maps to be painted. Those with three inputs see colours and are shown as such; of the others the kernels of
 * the shown inputs lie side by side in a square.
 *
 * @param values [outputs, shown inputs, height, width]
 */
export function tileFilters(
  filters: Pick<LayerFilters, 'name' | 'shape' | 'shownInputs' | 'filters'>,
  values: Uint8Array,
): ShownMaps {
  const { name, shownInputs } = filters;
  const [height, width, inputs, outputs] = filters.shape;
  const maps = filters.filters;
  if (inputs === 3) {
    return { name, shape: [height, width, outputs], values, rgb: true, height, width, maps };
  }
  const across = Math.ceil(Math.sqrt(shownInputs));
  const side = { height: across * height, width: across * width };
  const tiled = new Uint8Array(outputs * side.height * side.width);
  // The square may have more cells than there are inputs.
  const used = new Uint8Array(side.height * side.width);
  for (let kernel = 0; kernel < outputs * shownInputs; kernel++) {
    const output = Math.floor(kernel / shownInputs);
    const input = kernel % shownInputs;
    const top = Math.floor(input / across) * height;
    const left = (input % across) * width;
    for (let row = 0; row < height; row++) {
      const from = (kernel * height + row) * width;
      const to = (output * side.height + top + row) * side.width + left;
      tiled.set(values.subarray(from, from + width), to);
      if (output === 0) used.fill(1, to, to + width);
    }
  }
  return { name, shape: [side.height, side.width, outputs], values: tiled, ...side, maps, used };
}
