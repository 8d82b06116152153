import type { Scale } from 'chart.js';
import type { ChartPicture, SvgCurve } from './chartSvg.ts';
import type { Baseline, Mark } from './curves.ts';
import type { DrawnCurve } from './drawnCurves.ts';
import { endLabels } from './endLabels.ts';
import type { LineChart } from './LineChart.svelte.ts';
import { placedLevels } from './levels.ts';
import { placedMarks } from './marks.ts';
import type { PlotFrame } from './plotFrame.ts';
import { readableColour } from './readable.ts';

/** What a chart is to show in print. */
export interface ChartContent {
  title: string;
  xTitle: string;
  curves: readonly DrawnCurve[];
  baseline: readonly Baseline[];
  marks: readonly Mark[];
}

/** A chart as it is on the canvas now, in the colours of the light theme, for {@link chartSvg}. */
export function chartPicture(
  line: LineChart,
  { title, xTitle, curves, baseline, marks }: ChartContent,
): ChartPicture {
  const { chart } = line;
  const { x, y } = chart.scales;
  const frame = line.plot();
  if (!x || !y || !frame) throw new Error('The chart has no axes yet.');
  const { left, top, right, bottom } = frame;
  const light = curves.map((curve) => ({ ...curve, colour: readableColour(curve.colour, 'light') }));
  const levels = placedLevels(frame, baseline);
  const taken = levels.flatMap(({ box }) => (box ? [box] : []));
  return {
    title,
    xTitle,
    width: chart.width,
    area: { left, top, right, bottom },
    xTicks: ticksOf(x),
    yTicks: ticksOf(y),
    curves: light.map((curve) => printedCurve(curve, frame)),
    levels,
    marks: placedMarks(
      frame,
      marks.map((mark) => ({ ...mark, colour: readableColour(mark.colour, 'light') })),
      taken,
    ),
    ends: endLabels(frame, light),
  };
}

function ticksOf(scale: Scale) {
  return scale.ticks.map(({ value, label }) => ({
    at: scale.getPixelForValue(value),
    label: String(label ?? value),
  }));
}

function printedCurve(
  { x, y, band, faint, label, colour, dash }: DrawnCurve,
  { xOf, yOf }: PlotFrame,
): SvgCurve {
  const pointsOf = (values: Float64Array) =>
    Array.from(values, (value, index) =>
      Number.isNaN(value) ? null : ([xOf(x[index] ?? NaN), yOf(value)] as const),
    );
  const edge = (values: Float64Array) => pointsOf(values).filter((point) => point !== null);
  return {
    colour,
    dash,
    width: faint ? 1 : 1.75,
    opacity: faint ? 0.25 : 1,
    label: faint ? null : label,
    points: pointsOf(y),
    band: band ? [...edge(band.high), ...edge(band.low).toReversed()] : [],
  };
}
