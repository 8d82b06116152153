import type { Chart, Plugin, Scale } from 'chart.js';
import type { DrawnCurve } from './drawnCurves.ts';
import { pixelOf, polyline, type PixelAxis, type Polyline } from './polyline.ts';

/** Pixels up and down for each across from which on a curve is a band, in which dashes cannot be seen. */
const steepestDashed = 3;
/** How much longer the dashes of a band are. */
const bandDashes = 3;

/**
 * Draws the curves. Thinned to the columns of pixels on the screen, and the steep ones in lines of one pixel, they are drawn
 * in a fraction of a frame without a graphics card too.
 */
export function curvesPlugin(current: () => readonly DrawnCurve[]): Plugin<'line'> {
  return {
    id: 'curves',
    beforeDatasetsDraw(chart) {
      const { x, y } = chart.scales;
      if (!x || !y) return;
      const { ctx, chartArea } = chart;
      const { left, top, width, height, right } = chartArea;
      const [toX, toY] = [pixelAxis(x), pixelAxis(y)];
      const column = 1 / chart.currentDevicePixelRatio;
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, top, width, height);
      ctx.clip();
      ctx.lineJoin = 'bevel';
      for (const curve of current()) {
        if (curve.band) drawBand(ctx, curve, toX, toY);
        drawCurve(chart, curve, polyline(curve, toX, toY, { left, right, column }));
      }
      ctx.restore();
    },
  };
}

function drawCurve(
  { ctx, chartArea }: Chart,
  { colour, dash, faint, emphasis, y }: DrawnCurve,
  line: Polyline,
): void {
  ctx.strokeStyle = colour;
  if (emphasis === 'dimmed') {
    stroke(ctx, line, { opacity: faint ? 0.08 : 0.2 });
    return;
  }
  if (isSinglePoint(y)) {
    drawPoint(ctx, colour, line);
  } else if (faint) {
    stroke(ctx, line, { opacity: 0.25 });
  } else if (line.steepness <= steepestDashed) {
    stroke(ctx, line, { width: emphasis === 'strong' ? 3 : 1.75, dash });
  } else if (dash.length === 0) {
    stroke(ctx, line, {});
  } else {
    // Pale in the gaps, so that no spike falls into one.
    stroke(ctx, line, { opacity: 0.4 });
    stroke(ctx, betweenGaps(line, dash, chartArea.left), {});
  }
}

/** The ground between the least and the greatest of what a curve is the mean of. */
function drawBand(
  ctx: CanvasRenderingContext2D,
  { x, colour, band }: DrawnCurve,
  toX: PixelAxis,
  toY: PixelAxis,
): void {
  if (!band) return;
  const indices = Array.from(x.keys()).filter(
    (index) => !Number.isNaN(band.low[index]) && !Number.isNaN(band.high[index]),
  );
  ctx.beginPath();
  for (const index of indices)
    ctx.lineTo(pixelOf(toX, x[index] ?? NaN), pixelOf(toY, band.high[index] ?? NaN));
  for (const index of indices.toReversed()) {
    ctx.lineTo(pixelOf(toX, x[index] ?? NaN), pixelOf(toY, band.low[index] ?? NaN));
  }
  ctx.closePath();
  ctx.globalAlpha = 0.16;
  ctx.fillStyle = colour;
  ctx.fill();
}

function stroke(
  ctx: CanvasRenderingContext2D,
  { x, y }: Pick<Polyline, 'x' | 'y'>,
  { width = 1, opacity = 1, dash = [] }: { width?: number; opacity?: number; dash?: readonly number[] },
): void {
  ctx.lineWidth = width;
  ctx.globalAlpha = opacity;
  ctx.setLineDash([...dash]);
  ctx.beginPath();
  let down = false;
  for (let i = 0; i < x.length; i++) {
    const [atX, atY] = [x[i] ?? NaN, y[i] ?? NaN];
    if (Number.isNaN(atY)) down = false;
    else if (down) ctx.lineTo(atX, atY);
    else {
      ctx.moveTo(atX, atY);
      down = true;
    }
  }
  ctx.stroke();
}

/** What of a band lies within the strokes of a dash along the horizontal axis. */
function betweenGaps({ x, y }: Polyline, dash: readonly number[], left: number): Pick<Polyline, 'x' | 'y'> {
  const period = bandDashes * dash.reduce((sum, length) => sum + length, 0);
  const isGap = (at: number) => {
    let rest = (at - left) % period;
    let index = 0;
    for (; rest >= bandDashes * (dash[index] ?? Infinity); index++) rest -= bandDashes * (dash[index] ?? 0);
    return index % 2 === 1;
  };
  return { x, y: y.map((value, index) => (isGap(x[index] ?? NaN) ? NaN : value)) };
}

/** A line of one point cannot be seen. */
function isSinglePoint(y: Float64Array): boolean {
  return y.length < 100 && y.filter((value) => !Number.isNaN(value)).length === 1;
}

function drawPoint(ctx: CanvasRenderingContext2D, colour: string, { x, y }: Polyline): void {
  const index = y.findIndex((value) => !Number.isNaN(value));
  ctx.globalAlpha = 1;
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.arc(x[index] ?? NaN, y[index] ?? NaN, 3, 0, 2 * Math.PI);
  ctx.fill();
}

function pixelAxis(scale: Scale): PixelAxis {
  const logarithmic = scale.type === 'logarithmic';
  const at = (value: number) => (logarithmic ? Math.log10(value) : value);
  const start = scale.getPixelForValue(scale.min);
  const perUnit = (scale.getPixelForValue(scale.max) - start) / (at(scale.max) - at(scale.min));
  return { offset: start - perUnit * at(scale.min), perUnit, logarithmic };
}
