import type { LayerDescription } from '../../../src-main/workbench/contract.ts';
import type { LayerPair } from './alignLayers.ts';

/** What a shortcut does with the map that it carries past some layers (He et al. 2015, Fig. 3). */
export interface Shortcut {
  /** `zeros` is the identity with zeros for the channels that the sum has more. */
  kind: 'identity' | 'zeros' | 'projection';
  from: string;
  /** What is written beside it: `1×1/2`; empty for the identity. */
  label: string;
  text: string;
}

/** Layers of a block drawn as one: a layer alone, or those that a shortcut goes around, with the sum that ends it. */
export interface LayerUnit {
  layers: LayerPair[];
  sum: LayerPair | null;
  shortcut: Shortcut | null;
}

type Side = 'left' | 'right';

/**
 * The units of a block of one of two nets, in order.
 *
 * @param layers all of the net's, where shortcuts begin
 */
export function residualUnits(
  pairs: readonly LayerPair[],
  side: Side,
  layers: readonly LayerDescription[],
): LayerUnit[] {
  const units: LayerUnit[] = [];
  for (const pair of pairs) {
    const layer = pair[side];
    if (layer?.kind !== 'add') {
      if (layer ? layer.projects === null : isGap(pair)) {
        units.push({ layers: [pair], sum: null, shortcut: null });
      }
      continue;
    }
    // A shortcut that begins in the block before goes around all units up to here.
    const before = units.findIndex(({ layers, sum }) => (sum ?? layers.at(-1))?.name === layer.shortcutFrom);
    const around = units.splice(before + 1);
    units.push({
      layers: around.flatMap((unit) => unit.layers),
      sum: pair,
      shortcut: shortcutOf(layer, layers),
    });
  }
  return units;
}

/** Whether a place is kept for what only the other net has: a convolution of the chain, or its normalisation. */
function isGap({ left, right }: LayerPair): boolean {
  const other = left ?? right;
  return (other?.kind === 'conv' && other.projects === null) || other?.kind === 'lrn';
}

function shortcutOf(sum: LayerDescription, layers: readonly LayerDescription[]): Shortcut {
  const from = sum.shortcutFrom ?? '';
  const projection = layers[layers.findIndex(({ name }) => name === sum.name) - 1];
  if (projection && projection.projects !== null) {
    const { filter, step, name } = projection;
    return {
      kind: 'projection',
      from,
      label: `${filter}${step > 1 ? `/${step}` : ''}`,
      text: `${name}: ${filter} convolution of ${from}, stride ${step}`,
    };
  }
  const carried = layers.find(({ name }) => name === from)?.output[2] ?? sum.output[2];
  return carried < sum.output[2]
    ? {
        kind: 'zeros',
        from,
        label: '+ zeros',
        text: `${from}, and zeros for ${sum.output[2] - carried} channels`,
      }
    : { kind: 'identity', from, label: '', text: from };
}
