import type { Chart, Plugin } from 'chart.js';
import type { Baseline, Mark } from './curves.ts';

/** The page's, so that charts speak with its voice. */
export const chartFont = "'Inter Variable', system-ui, sans-serif";

const textHeight = 12;
const gapToLine = 5;

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
      ctx.font = `12px ${chartFont}`;
      ctx.lineWidth = 1.5;
      drawBaselines(chart, baselines, ink, ground);
      for (const mark of marks) drawMark(chart, mark, ink, ground);
      ctx.restore();
    },
  };
}

function drawBaselines(
  { ctx, chartArea, scales }: Chart,
  baselines: readonly Baseline[],
  ink: string,
  ground: string,
): void {
  const { left, right, top, bottom } = chartArea;
  const placed = baselines
    .map(({ value, label }) => ({ label, y: scales.y?.getPixelForValue(value) ?? NaN }))
    .filter(({ y }) => y >= top && y <= bottom)
    .sort((one, other) => one.y - other.y);
  ctx.strokeStyle = ink;
  ctx.setLineDash([6, 4]);
  for (const { y } of placed) {
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(right, y);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.textAlign = 'right';
  const texts = labelPlaces(
    placed.map(({ y }) => y),
    { top, bottom },
  );
  for (const [index, { label }] of placed.entries()) {
    rimmedText(ctx, label, right - 4, texts[index] ?? top, ink, ground);
  }
}

/**
 * The baselines of texts for lines at these heights, from the top down: above the line but within the chart, and none over
 * another.
 */
export function labelPlaces(
  lines: readonly number[],
  { top, bottom }: { top: number; bottom: number },
): number[] {
  const places: number[] = [];
  for (const y of lines) {
    const above = y - gapToLine < top + textHeight ? y + textHeight + 2 : y - gapToLine;
    places.push(Math.max(above, (places.at(-1) ?? -Infinity) + textHeight));
  }
  const tooFar = Math.max(0, (places.at(-1) ?? -Infinity) - bottom);
  return places.map((place) => place - tooFar);
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
