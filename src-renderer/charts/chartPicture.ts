import type { Chart } from 'chart.js';
import type { ChartPicture } from './chartSvg.ts';
import type { Baseline } from './curves.ts';
import type { DrawnCurve } from './drawnCurves.ts';

/** A chart as it is on the canvas now, for {@link chartSvg}. */
export function chartPicture(
  chart: Chart<'line'>,
  curves: readonly DrawnCurve[],
  title: string,
  xTitle: string,
  baselines: readonly Baseline[],
): ChartPicture {
  const { x, y } = chart.scales;
  if (!x || !y) throw new Error('The chart has no axes yet.');
  const ticksOf = (scale: typeof x) =>
    scale.ticks.map(({ value, label }) => ({
      at: scale.getPixelForValue(value),
      label: String(label ?? value),
    }));
  const { left, top, right, bottom } = chart.chartArea;
  return {
    title,
    xTitle,
    width: chart.width,
    height: chart.height,
    area: { left, top, right, bottom },
    xTicks: ticksOf(x),
    yTicks: ticksOf(y),
    curves: curves.map(({ x: xs, y: ys, faint, label, colour, dash }) => ({
      colour,
      dash,
      width: faint ? 1 : 1.75,
      opacity: faint ? 0.25 : 1,
      label: faint ? null : label,
      points: Array.from(ys, (value, index) =>
        Number.isNaN(value) ? null : [x.getPixelForValue(xs[index] ?? NaN), y.getPixelForValue(value)],
      ),
    })),
    baselines: baselines.map((baseline) => ({ ...baseline, at: y.getPixelForValue(baseline.value) })),
  };
}
