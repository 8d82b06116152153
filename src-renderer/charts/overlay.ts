import type { Chart, Plugin } from 'chart.js';
import type { Baseline, Mark } from './curves.ts';

export interface Overlay {
  baselines: readonly Baseline[];
  marks: readonly Mark[];
  ink: string;
  ground: string;
}

/** Draws baselines across the chart, and rings around marked points with what they are, above the curves. */
export function overlayPlugin(current: () => Overlay): Plugin<'line'> {
  return {
    id: 'overlay',
    afterDatasetsDraw(chart) {
      const { baselines, marks, ink, ground } = current();
      const { ctx } = chart;
      ctx.save();
      ctx.font = '12px sans-serif';
      ctx.lineWidth = 1.5;
      for (const baseline of baselines) drawBaseline(chart, baseline, ink, ground);
      for (const mark of marks) drawMark(chart, mark, ink, ground);
      ctx.restore();
    },
  };
}

function drawBaseline(
  { ctx, chartArea, scales }: Chart,
  { value, label }: Baseline,
  ink: string,
  ground: string,
): void {
  const y = scales.y?.getPixelForValue(value) ?? NaN;
  if (!(y >= chartArea.top && y <= chartArea.bottom)) return;
  ctx.setLineDash([6, 4]);
  ctx.strokeStyle = ink;
  ctx.beginPath();
  ctx.moveTo(chartArea.left, y);
  ctx.lineTo(chartArea.right, y);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.textAlign = 'right';
  // Above the line, but within the chart.
  const textY = y - 5 < chartArea.top + 12 ? y + 14 : y - 5;
  rimmedText(ctx, label, chartArea.right - 4, textY, ink, ground);
}

function drawMark({ ctx, chartArea, scales }: Chart, mark: Mark, ink: string, ground: string): void {
  const x = scales.x?.getPixelForValue(mark.x) ?? NaN;
  const y = scales.y?.getPixelForValue(mark.y) ?? NaN;
  if (!(x >= chartArea.left - 1 && x <= chartArea.right + 1 && y >= chartArea.top - 1)) return;
  ctx.beginPath();
  ctx.arc(x, y, 4.5, 0, 2 * Math.PI);
  ctx.fillStyle = ground;
  ctx.fill();
  ctx.strokeStyle = mark.colour;
  ctx.lineWidth = 2;
  ctx.stroke();
  // Beside the ring, on the side where there is room.
  const atTheRight = x > (chartArea.left + chartArea.right) / 2;
  ctx.textAlign = atTheRight ? 'right' : 'left';
  rimmedText(ctx, mark.label, x + (atTheRight ? -9 : 9), Math.max(y - 7, chartArea.top + 12), ink, ground);
}

/** With a rim that keeps it readable over curves. */
function rimmedText(
  ctx: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  ink: string,
  ground: string,
): void {
  ctx.strokeStyle = ground;
  ctx.lineWidth = 3;
  ctx.strokeText(text, x, y);
  ctx.lineWidth = 1.5;
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
}
