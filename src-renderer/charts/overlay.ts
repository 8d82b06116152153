import type { Chart, Plugin } from 'chart.js';
import type { Baseline, Mark } from './curves.ts';
import type { DrawnCurve } from './drawnCurves.ts';
import { endLabels } from './endLabels.ts';
import { toBaseline, type Box } from './labelPlaces.ts';
import { placedLevels, type PlacedLevels } from './levels.ts';
import { placedMarks, ringRadius, type PlacedMark } from './marks.ts';
import { plotFrame } from './plotFrame.ts';

/** The page's, so that charts speak with its voice. */
export const chartFont = "'Inter Variable', system-ui, sans-serif";
export const labelFont = `12px ${chartFont}`;

export interface Overlay {
  baselines: readonly Baseline[];
  marks: readonly Mark[];
  ink: string;
  ground: string;
}

/** Draws levels across the chart, rings around marked points, and what all these and the curves are, above the curves. */
export function overlayPlugin(current: () => Overlay, curves: () => readonly DrawnCurve[]): Plugin<'line'> {
  return {
    id: 'overlay',
    afterDatasetsDraw(chart) {
      const frame = plotFrame(chart, labelFont);
      if (!frame) return;
      const { baselines, marks, ink, ground } = current();
      const { ctx } = chart;
      const levels = placedLevels(frame, baselines);
      ctx.save();
      ctx.font = labelFont;
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = ink;
      drawLines(chart, levels);
      for (const level of levels) drawLevel(ctx, level, ink, ground);
      const taken = levels.flatMap(({ box }) => (box ? [box] : []));
      for (const mark of placedMarks(frame, marks, taken)) drawMark(ctx, mark, ink, ground);
      for (const { text, colour, dimmed, x, middle } of endLabels(frame, curves())) {
        ctx.fillStyle = colour;
        ctx.globalAlpha = dimmed ? 0.3 : 1;
        ctx.textAlign = 'left';
        ctx.fillText(text, x, middle + toBaseline);
      }
      ctx.restore();
    },
  };
}

function drawLines(
  { ctx, chartArea: { left, right } }: Chart<'line'>,
  levels: readonly PlacedLevels[],
): void {
  ctx.setLineDash([6, 4]);
  for (const line of levels.flatMap(({ lines }) => lines)) {
    ctx.beginPath();
    ctx.moveTo(left, line);
    ctx.lineTo(right, line);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

function drawLevel(
  ctx: CanvasRenderingContext2D,
  { label, arrow, box }: PlacedLevels,
  ink: string,
  ground: string,
): void {
  if (!box) return;
  drawLabel(ctx, label, box, ink, ground);
  if (!arrow) return;
  ctx.beginPath();
  for (const [x, y] of arrow) ctx.lineTo(x, y);
  ctx.closePath();
  ctx.fill();
}

function drawMark(
  ctx: CanvasRenderingContext2D,
  { label, colour, x, y, box }: PlacedMark,
  ink: string,
  ground: string,
): void {
  ctx.beginPath();
  ctx.arc(x, y, ringRadius, 0, 2 * Math.PI);
  ctx.fillStyle = ground;
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2;
  ctx.stroke();
  drawLabel(ctx, label, box, ink, ground);
}

/** On a ground that keeps it readable over lines. */
function drawLabel(ctx: CanvasRenderingContext2D, text: string, box: Box, ink: string, ground: string): void {
  const { left, top, right, bottom } = box;
  ctx.globalAlpha = 0.85;
  ctx.fillStyle = ground;
  ctx.fillRect(left - 2, top, right - left + 4, bottom - top);
  ctx.globalAlpha = 1;
  ctx.fillStyle = ink;
  ctx.textAlign = 'left';
  ctx.fillText(text, left, (top + bottom) / 2 + toBaseline);
}
