import type { LayerActivity } from '../../../src-main/workbench/contract.ts';

/** A layer that several nets have. */
export interface CommonLayer {
  name: string;
  /** As many as the narrowest of the nets has. */
  channels: number;
  /** Whether it has maps in all of them: a fully-connected unit has a single value. */
  mapped: boolean;
}

/** The layers that all the nets have, in the order of the first. */
export function commonLayers(
  nets: readonly (readonly Pick<LayerActivity, 'name' | 'shape'>[])[],
): CommonLayer[] {
  const [first = []] = nets;
  return first.flatMap(({ name }) => {
    const shapes = nets
      .flatMap((layers) => layers.filter((layer) => layer.name === name))
      .map(({ shape }) => shape);
    if (shapes.length < nets.length) return [];
    return {
      name,
      channels: Math.min(...shapes.map(([, , channels]) => channels)),
      mapped: shapes.every(([height, width]) => height * width > 1),
    };
  });
}
