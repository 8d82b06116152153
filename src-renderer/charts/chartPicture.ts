import type { Chart, Point } from 'chart.js';
import type { ChartPicture } from './chartSvg.ts';
import type { Baseline } from './curves.ts';
import type { LineDataset } from './datasets.ts';

/** A chart as it is on the canvas now, for {@link chartSvg}. */
export function chartPicture(
  chart: Chart<'line', Point[]>,
  datasets: readonly LineDataset[],
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
    curves: datasets.map(({ data, faint, label, colour, borderDash }) => ({
      colour,
      dash: Array.isArray(borderDash) ? borderDash.map(Number) : [],
      width: faint ? 1 : 1.75,
      opacity: faint ? 0.25 : 1,
      label: faint ? null : (label ?? ''),
      points: data.map((point) =>
        point.y !== null && Number.isFinite(point.y)
          ? [x.getPixelForValue(point.x ?? NaN), y.getPixelForValue(point.y)]
          : null,
      ),
    })),
    baselines: baselines.map((baseline) => ({ ...baseline, at: y.getPixelForValue(baseline.value) })),
  };
}
