import type { LayerMatrix } from '../../../src-main/workbench/contract.ts';
import { colourTable } from '../maps/colourScale.ts';
import { shadeOf, type HeatScale } from './heatScale.ts';
import type { ScaleKind } from './quantities.ts';

/** From blue over white to red (Paul Tol's BuRd): values to both sides of 0. */
const blueToRed = [
  0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b,
] as const;

/** Colours of what has no place on the scale, from the theme. */
export interface HeatGround {
  nothing: string;
  zero: string;
  notFinite: string;
}

/** The colours of a scale as `#rrggbb`, 256 from one end to the other. */
export function heatColours(kind: ScaleKind): string[] {
  const table = colourTable('viridis');
  return Array.from({ length: 256 }, (_, index) => {
    if (kind === 'signed') return mixed(blueToRed, index / 255);
    const [red = 0, green = 0, blue = 0] = table.subarray(4 * index);
    return hexColour([red, green, blue]);
  });
}

/** Where each of `count` cells of a length begins and ends, in whole pixels and without a gap. */
export function edges(count: number, length: number): number[] {
  return Array.from({ length: count + 1 }, (_, index) => Math.round((index * length) / Math.max(1, count)));
}

/**
 * Paints a row for each layer and a column for each step over the whole canvas, in its own pixels: sharp at any zoom.
 * What is not finite gets a cross over its ground, so that colour is not its only sign.
 */
export function paintHeat(
  context: CanvasRenderingContext2D,
  { layers, steps, values }: LayerMatrix,
  scale: HeatScale,
  ground: HeatGround,
): void {
  const { width, height } = context.canvas;
  const colours = heatColours(scale.kind);
  const [across, down] = [edges(steps.length, width), edges(layers.length, height)];
  context.fillStyle = ground.nothing;
  context.fillRect(0, 0, width, height);
  for (const [row, cells] of values.entries()) {
    for (const [column, cell] of cells.entries()) {
      const [x = 0, right = 0] = across.slice(column, column + 2);
      const [y = 0, bottom = 0] = down.slice(row, row + 2);
      const shade = shadeOf(cell, scale);
      if (shade === 'nothing') continue;
      if (typeof shade === 'number') context.fillStyle = colours[Math.round(255 * shade)] ?? ground.nothing;
      else context.fillStyle = shade === 'zero' ? ground.zero : ground.nothing;
      context.fillRect(x, y, right - x, bottom - y);
      if (shade === 'not finite') crossOut(context, x, y, right, bottom, ground.notFinite);
    }
  }
}

/** Two strokes from corner to corner. */
function crossOut(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  right: number,
  bottom: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = Math.max(1, Math.round((bottom - y) / 14));
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(right, bottom);
  context.moveTo(right, y);
  context.lineTo(x, bottom);
  context.stroke();
}

function mixed(anchors: readonly number[], share: number): string {
  const place = share * (anchors.length - 1);
  const before = Math.min(Math.floor(place), anchors.length - 2);
  const [one = 0, other = 0] = [anchors[before], anchors[before + 1]];
  const channels = [16, 8, 0].map((shift) => {
    const from = (one >> shift) & 255;
    return Math.round(from + (place - before) * (((other >> shift) & 255) - from));
  });
  return hexColour(channels);
}

/** As print knows colours too. */
function hexColour(channels: readonly number[]): string {
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
