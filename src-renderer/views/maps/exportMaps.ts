import { tableText } from '../../../src-main/vocabulary/tableText.ts';
import { saveFile } from '../../state/files.ts';
import {
  colourTable,
  rangesOf,
  type ColourMap,
  type Range,
  type ScaleOver,
} from '../../shared/maps/colourScale.ts';
import { gridLayout } from '../../shared/maps/gridLayout.ts';
import type { ShownMaps } from '../../shared/maps/LoadedMaps.svelte.ts';
import { mapRows } from './mapRows.ts';
import { drawMaps } from '../../shared/maps/paintMaps.ts';

/** Pixels across an exported picture. */
const pictureWidth = 1600;

/** Saves the grid of maps as a picture, in the colours in which it is shown. */
export async function saveMapsAsPng(
  name: string,
  maps: ShownMaps,
  { over, colours, global }: { over: ScaleOver; colours: ColourMap; global: Range | null },
): Promise<void> {
  const layout = gridLayout(maps.maps.length, Math.max(maps.height, maps.width), pictureWidth);
  const canvas = new OffscreenCanvas(layout.width, layout.height);
  drawMaps(canvas, maps, layout, colourTable(colours), rangesOf(maps, over, global).of);
  await saveFile(`${name}.png`, await canvas.convertToBlob());
}

/** Saves the values of all maps, a row of units a line. */
export async function saveMapsAsCsv(name: string, maps: ShownMaps): Promise<void> {
  await saveFile(`${name}.csv`, tableText(mapRows(maps), 'csv'));
}
