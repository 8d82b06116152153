import type { LayerMatrix } from '../../../../src-main/workbench/contract.ts';
import { tableText } from '../../../../src-main/vocabulary/tableText.ts';
import { cellText } from '../../../shared/layerStatistics/heatScale.ts';
import { quantityTexts } from '../../../shared/layerStatistics/quantities.ts';
import type { Column } from '../../../ui/dataTable.ts';

/** A line for each step, a column for each layer. */
export function matrixCsv({ layers, steps, values }: LayerMatrix): string {
  const lines = steps.map((step, column) => [
    String(step),
    ...values.map((row) => String(row[column] ?? '')),
  ]);
  return tableText([['step', ...layers], ...lines], 'csv');
}

/** The layers of any of the matrices, in the order of the net. */
export function layersOf(matrices: readonly LayerMatrix[]): string[] {
  return [...new Set(matrices.flatMap(({ layers }) => layers))];
}

/** A layer, and every quantity of it at the last step. Layers that lack one have a dash. */
export function lastColumns(matrices: readonly LayerMatrix[]): Column<string>[] {
  return [
    { title: 'Layer', isName: true, text: (layer) => layer },
    ...matrices.map(({ quantity, layers, values }) => ({
      title: quantityTexts[quantity].name,
      isNumber: true,
      text: (layer: string) => cellText(values[layers.indexOf(layer)]?.at(-1), quantityTexts[quantity].scale),
    })),
  ];
}
