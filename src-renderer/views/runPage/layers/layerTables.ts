import type { LayerMatrix } from '../../../../src-main/workbench/contract.ts';
import { tableText } from '../../../../src-main/vocabulary/tableText.ts';
import { cellText } from '../../../shared/layerStatistics/heatScale.ts';
import { quantityTexts } from '../../../shared/layerStatistics/quantities.ts';

/** A line for each step, a column for each layer. */
export function matrixCsv({ layers, steps, values }: LayerMatrix): string {
  const lines = steps.map((step, column) => [
    String(step),
    ...values.map((row) => String(row[column] ?? '')),
  ]);
  return tableText([['step', ...layers], ...lines], 'csv');
}

/** A row for each layer with every quantity at one step. Layers that lack one have a dash. */
export function lastRows(matrices: readonly LayerMatrix[]): { key: string; cells: string[] }[] {
  const layers = [...new Set(matrices.flatMap((matrix) => matrix.layers))];
  return layers.map((layer) => ({
    key: layer,
    cells: [
      layer,
      ...matrices.map(({ quantity, layers: own, values }) =>
        cellText(values[own.indexOf(layer)]?.at(-1), quantityTexts[quantity].scale),
      ),
    ],
  }));
}
