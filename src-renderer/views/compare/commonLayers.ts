import type { LayerActivity } from '../../../src-main/workbench/contract.ts';
import type { Look } from './looks.ts';

/** A layer that several nets have. */
export interface CommonLayer {
  name: string;
  kind: LayerActivity['kind'];
  /** As many as the narrowest of the nets has. */
  channels: number;
  /** Whether it has maps in all of them: a fully-connected unit has a single value. */
  mapped: boolean;
}

/** The layers that all the nets have, in the order of the first. */
export function commonLayers(
  nets: readonly (readonly Pick<LayerActivity, 'name' | 'kind' | 'shape'>[])[],
): CommonLayer[] {
  const [first = []] = nets;
  return first.flatMap(({ name, kind }) => {
    const shapes = nets
      .flatMap((layers) => layers.filter((layer) => layer.name === name))
      .map(({ shape }) => shape);
    if (shapes.length < nets.length) return [];
    return {
      name,
      kind,
      channels: Math.min(...shapes.map(([, , channels]) => channels)),
      mapped: shapes.every(([height, width]) => height * width > 1),
    };
  });
}

/** The layer that is shown before one is chosen: for Grad-CAM the last convolution or sum, else the first of all. */
export function defaultLayer(layers: readonly CommonLayer[], look: Look): CommonLayer | undefined {
  if (look !== 'grad-cam') return layers[0];
  return layers.findLast(({ kind, mapped }) => mapped && (kind === 'conv' || kind === 'add'));
}
