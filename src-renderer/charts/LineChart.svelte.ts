import { Chart, LinearScale, LogarithmicScale, type ChartOptions, type Scale } from 'chart.js';
import zoomPlugin from 'chartjs-plugin-zoom';
import type { ChartColours } from './chartColours.ts';
import { valueText, xText, xTitles, type Baseline, type XAxis, type XRange } from './curves.ts';
import { curvesPlugin } from './curvesPlugin.ts';
import { yExtent, type DrawnCurve } from './drawnCurves.ts';
import { FrameDraw } from './FrameDraw.ts';
import { labelRoom } from './endLabels.ts';
import { chartFont, labelFont, overlayPlugin, type Overlay } from './overlay.ts';
import { plotFrame, textWidth, type PlotFrame } from './plotFrame.ts';
import { valueRange } from './valueRange.ts';

Chart.register(LinearScale, LogarithmicScale, zoomPlugin);
Chart.defaults.font.family = chartFont;

/** What a chart shows besides its curves. */
export interface ChartView {
  axis: XAxis;
  unit: string;
  logX: boolean;
  logY: boolean;
  baselines: readonly Baseline[];
  colours: ChartColours;
}

/** Where the plot is within the canvas, and what the horizontal axis shows, after each layout. */
export interface ChartFrame {
  left: number;
  right: number;
  top: number;
  bottom: number;
  range: XRange;
}

/** All that is drawn. What has not changed stays the same object. */
export interface Drawing {
  curves: readonly DrawnCurve[];
  view: ChartView;
  range: XRange | null;
  overlay: Overlay;
}

type AxisOptions = NonNullable<NonNullable<ChartOptions<'line'>['scales']>[string]>;

/** A line chart on a canvas: chart.js draws the axes and handles the zoom, a plugin of ours draws the curves. */
export class LineChart {
  frame = $state.raw<ChartFrame | null>(null);
  readonly chart: Chart<'line'>;
  #drawing: Drawing;
  readonly #canvas: HTMLCanvasElement;
  readonly #frameDraw: FrameDraw;
  readonly #onzoom: (range: XRange) => void;

  constructor(canvas: HTMLCanvasElement, drawing: Drawing, onzoom: (range: XRange) => void) {
    this.#drawing = drawing;
    this.#canvas = canvas;
    this.#onzoom = onzoom;
    this.chart = new Chart<'line'>(canvas, {
      type: 'line',
      data: { datasets: [] },
      options: this.#options(drawing),
      plugins: [
        curvesPlugin(() => this.#drawing.curves),
        overlayPlugin(
          () => this.#drawing.overlay,
          () => this.#drawing.curves,
        ),
        {
          id: 'frame',
          afterRender: (chart) => {
            this.#measure(chart);
          },
        },
      ],
    });
    this.#frameDraw = new FrameDraw(canvas, () => {
      this.chart.options = this.#options(this.#drawing);
      this.chart.update('none');
    });
    // What was measured before the font had come is drawn again.
    if (document.fonts.status !== 'loaded') {
      void document.fonts.ready.then(() => {
        this.#frameDraw.request();
      });
    }
  }

  show(drawing: Drawing): void {
    const before = this.#drawing;
    this.#drawing = drawing;
    const same =
      drawing.curves === before.curves && drawing.view === before.view && drawing.overlay === before.overlay;
    if (!same || !this.#isAt(drawing.range)) this.#frameDraw.request();
  }

  /** The plot as it is now; undefined before it was first laid out. */
  plot(): PlotFrame | undefined {
    return plotFrame(this.chart, labelFont);
  }

  pixelOf(x: number): number {
    return this.chart.scales.x?.getPixelForValue(x) ?? NaN;
  }

  yPixelOf(value: number): number {
    return this.chart.scales.y?.getPixelForValue(value) ?? NaN;
  }

  xAt(pixel: number): number {
    return this.chart.scales.x?.getValueForPixel(pixel) ?? NaN;
  }

  destroy(): void {
    this.#frameDraw.stop();
    this.chart.destroy();
  }

  /** Whether the axis shows a part already: where it was zoomed by hand, it does before its owner knows. */
  #isAt(range: XRange | null): boolean {
    const shown = this.chart.scales.x;
    return range !== null && range.min === shown?.min && range.max === shown.max;
  }

  #measure({ chartArea, scales }: Chart): void {
    if (!scales.x) return;
    const { left, right, top, bottom } = chartArea;
    const { min, max } = scales.x;
    this.frame = { left, right, top, bottom, range: { min, max } };
  }

  #zoomed({ scales: { x } }: Chart): void {
    if (x && x.max > x.min) this.#onzoom({ min: x.min, max: x.max });
  }

  #labelRoom(curves: readonly DrawnCurve[]): number {
    const context = this.#canvas.getContext('2d');
    return context ? labelRoom(curves, (text) => textWidth(context, labelFont, text)) : 0;
  }

  /** Sets the vertical axis to what the part on the screen spans, with the levels that are near it. */
  #fitValues(scale: Scale): void {
    const { curves, view } = this.#drawing;
    const all = { min: -Infinity, max: Infinity };
    const part = scale.chart.scales.x?.getUserBounds() ?? all;
    const levels = view.baselines.map(({ value }) => value);
    const range = valueRange(yExtent(curves, part) ?? yExtent(curves, all), levels, view.logY);
    if (range) [scale.min, scale.max] = [range.min, range.max];
  }

  #options({ view, range, curves }: Drawing): ChartOptions<'line'> {
    const { accent } = view.colours;
    const zoomed = ({ chart }: { chart: Chart }) => {
      this.#zoomed(chart);
    };
    return {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { right: 8 + this.#labelRoom(curves), top: 6 } },
      scales: {
        x: { ...(range ?? {}), ...xAxis(view) },
        y: {
          ...yAxis(view),
          afterDataLimits: (scale) => {
            this.#fitValues(scale);
          },
        },
      },
      plugins: {
        zoom: {
          zoom: {
            mode: 'x',
            drag: { enabled: true, backgroundColor: `${accent}33`, threshold: 6 },
            // Without a key the wheel scrolls the page.
            wheel: { enabled: true, modifierKey: 'ctrl' },
            onZoomComplete: zoomed,
          },
          pan: { enabled: true, mode: 'x', modifierKey: 'shift', onPan: zoomed },
        },
      },
    };
  }
}

function xAxis({ axis, logX, colours }: ChartView): AxisOptions {
  return {
    type: logX ? 'logarithmic' : 'linear',
    ...lines(colours),
    title: { display: true, text: xTitles[axis], color: colours.text, padding: 0 },
    ticks: {
      ...labels(colours),
      autoSkipPadding: 16,
      includeBounds: false,
      maxTicksLimit: 9,
      ...(axis === 'epoch' ? {} : { precision: 0 }),
      callback: (value) => xText(axis, Number(value)),
    },
  };
}

function yAxis({ unit, logY, colours }: ChartView): AxisOptions {
  return {
    type: logY ? 'logarithmic' : 'linear',
    ...lines(colours),
    ticks: { ...labels(colours), maxTicksLimit: 7, callback: (value) => valueText(Number(value), unit) },
    // Of one width, so that charts below one another line up.
    afterFit: (scale) => {
      scale.width = Math.max(scale.width, 58);
    },
  };
}

function lines({ grid }: ChartColours) {
  return { grid: { color: grid, tickColor: grid }, border: { color: grid } };
}

function labels({ text }: ChartColours) {
  return { color: text, maxRotation: 0, font: { size: 12 } };
}
