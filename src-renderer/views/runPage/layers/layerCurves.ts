import type { LayerMatrix } from '../../../../src-main/workbench/contract.ts';
import type { ChartSeries } from '../../../charts/curves.ts';
import { seriesStyle } from '../../../charts/palette.ts';

/** As many as colours and dashes tell apart. */
export const maxCurves = 8;

/** The layers whose curves are drawn unless others were chosen: the first, the middle one and the last. */
export function defaultLayers(layers: readonly string[]): string[] {
  const [first, middle, last] = [layers[0], layers[layers.length >> 1], layers.at(-1)];
  return [...new Set([first, middle, last])].filter((layer) => layer !== undefined);
}

/** Rows of a matrix as curves over the steps, in the order of the net. */
export function curvesOf(
  { layers, steps, values }: LayerMatrix,
  chosen: readonly string[],
  factor = 1,
): ChartSeries[] {
  return layers
    .map((layer, row) => ({ layer, cells: values[row] ?? [] }))
    .filter(({ layer }) => chosen.includes(layer))
    .map(({ layer, cells }, index) => ({
      id: layer,
      label: layer,
      style: seriesStyle(index),
      exact: true,
      points: { x: steps, y: cells.map((cell) => (cell === null ? NaN : factor * Number(cell))) },
    }));
}
