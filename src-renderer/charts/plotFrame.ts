import type { Chart } from 'chart.js';
import type { Box } from './labelPlaces.ts';

/** The plot of a chart within its canvas, in pixels, and where values are in it. */
export interface PlotFrame extends Box {
  /** The end of the part that the horizontal axis shows. */
  xMax: number;
  xOf: (value: number) => number;
  yOf: (value: number) => number;
  /** How wide a text is. */
  widthOf: (text: string) => number;
}

/** Undefined before the first layout. */
export function plotFrame({ chartArea, scales, ctx }: Chart<'line'>, font: string): PlotFrame | undefined {
  const { x, y } = scales;
  if (!x || !y) return undefined;
  const { left, right, top, bottom } = chartArea;
  return {
    left,
    right,
    top,
    bottom,
    xMax: x.max,
    xOf: (value) => x.getPixelForValue(value),
    yOf: (value) => y.getPixelForValue(value),
    widthOf: (text) => textWidth(ctx, font, text),
  };
}

export function textWidth(ctx: CanvasRenderingContext2D, font: string, text: string): number {
  ctx.save();
  ctx.font = font;
  const { width } = ctx.measureText(text);
  ctx.restore();
  return width;
}
