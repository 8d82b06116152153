import type { LayerDescription, NetworkDescription } from '../../src-main/workbench/contract.ts';

export interface LayerBar {
  name: string;
  kind: Exclude<LayerDescription['kind'], 'pool' | 'add' | 'average'>;
  x: number;
  width: number;
  height: number;
  /** `conv3_1: 56 × 56 × 256`. */
  title: string;
}

const gap = 2;
const gapWhereHalved = 6;

/**
 * A net as bars from left to right: as high as its map is large, as wide as it has channels (by the root, so that both ends
 * stay visible). Pooling, or a stride, is the step down between them; sums, averages and projections have no bar.
 *
 * @param height of the input's side, in any unit; bars fill `width` in it
 */
export function layerBars(
  { crop, layers }: Pick<NetworkDescription, 'crop' | 'layers'>,
  { width, height }: { width: number; height: number },
): LayerBar[] {
  let x = 0;
  const bars: LayerBar[] = [];
  for (const { name, kind, output, step, projects } of layers) {
    if (projects !== null) continue;
    if (step > 1 && x > 0) x += gapWhereHalved;
    if (kind === 'pool' || kind === 'add' || kind === 'average') continue;
    const [side, , channels] = output;
    const bar = 2 + Math.sqrt(channels) / 4;
    bars.push({
      name,
      kind,
      x,
      width: bar,
      height: Math.max(3, Math.sqrt(side / crop) * height),
      title: kind === 'fc' ? `${name}: ${channels}` : `${name}: ${side} × ${side} × ${channels}`,
    });
    x += bar + gap;
  }
  const scale = width / Math.max(1, x - gap);
  return bars.map((bar) => ({ ...bar, x: bar.x * scale, width: bar.width * scale }));
}
