import type { Chart, Plugin } from 'chart.js';
import type { DrawnCurve } from './drawnCurves.ts';
import { firstFrom } from './drawnCurves.ts';
import { chartFont, labelPlaces } from './overlay.ts';

const font = `12px ${chartFont}`;
/** Between a curve's end and its label, and the widest that labels may be, in pixels. */
const gap = 6;
const widest = 120;
/** More would be longer than the chart is high. */
const mostLabelled = 8;

/** What is labelled at its end: every curve, where there are several but not too many. */
function labelled(curves: readonly DrawnCurve[]): readonly DrawnCurve[] {
  const whole = curves.filter(({ faint }) => !faint);
  return whole.length > 1 && whole.length <= mostLabelled ? whole : [];
}

/** The room that the labels need at the right of the plot, in pixels. */
export function labelRoom(ctx: CanvasRenderingContext2D, curves: readonly DrawnCurve[]): number {
  ctx.save();
  ctx.font = font;
  const widths = labelled(curves).map(({ label }) => ctx.measureText(label).width);
  ctx.restore();
  return widths.length === 0 ? 0 : Math.min(widest, Math.ceil(Math.max(...widths))) + gap;
}

/** Writes beside the end of each curve what it is, so that nobody has to look it up in a legend. */
export function endLabelsPlugin(current: () => readonly DrawnCurve[]): Plugin<'line'> {
  return {
    id: 'endLabels',
    afterDatasetsDraw({ ctx, chartArea, scales }: Chart) {
      const { x, y } = scales;
      if (!x || !y) return;
      const { right, top, bottom } = chartArea;
      const ends = labelled(current())
        .map((curve) => ({ ...curve, at: y.getPixelForValue(lastValue(curve, x.max)) }))
        .filter(({ at }) => !Number.isNaN(at))
        .map((end) => ({ ...end, at: Math.min(bottom, Math.max(top, end.at)) + 4 + gap }))
        .sort((one, other) => one.at - other.at);
      const places = labelPlaces(
        ends.map(({ at }) => at),
        { top, bottom: bottom + gap },
      );
      ctx.save();
      ctx.font = font;
      ctx.textAlign = 'left';
      for (const [index, { label, colour, emphasis }] of ends.entries()) {
        ctx.fillStyle = colour;
        ctx.globalAlpha = emphasis === 'dimmed' ? 0.3 : 1;
        ctx.fillText(shortened(ctx, label), right + gap, places[index] ?? top);
      }
      ctx.restore();
    },
  };
}

/** The last value that is there within the part shown. */
function lastValue({ x, y }: DrawnCurve, max: number): number {
  let index = Math.min(x.length, firstFrom(x, max) + 1) - 1;
  while (index > 0 && ((x[index] ?? NaN) > max || Number.isNaN(y[index]))) index--;
  return y[index] ?? NaN;
}

function shortened(ctx: CanvasRenderingContext2D, label: string): string {
  let text = label;
  while (text.length > 1 && ctx.measureText(text).width > widest)
    text = `${text.replace(/…$/, '').slice(0, -1)}…`;
  return text;
}
