import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type ChartOptions,
  type Point,
} from 'chart.js';
import zoomPlugin from 'chartjs-plugin-zoom';
import type { ChartColours } from './chartColours.ts';
import { valueText, xText, xTitles, type Baseline, type XAxis, type XRange } from './curves.ts';
import type { LineDataset } from './datasets.ts';
import { overlayPlugin, type Overlay } from './overlay.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, zoomPlugin);

/** What a chart shows besides its curves. */
export interface ChartView {
  axis: XAxis;
  unit: string;
  logX: boolean;
  logY: boolean;
  range: XRange | null;
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

/** A line chart on a canvas: chart.js with what all charts here share. */
export class LineChart {
  frame = $state.raw<ChartFrame | null>(null);
  readonly chart: Chart<'line', Point[]>;
  #overlay: Overlay;
  readonly #onzoom: (range: XRange) => void;

  constructor(
    canvas: HTMLCanvasElement,
    datasets: LineDataset[],
    view: ChartView,
    overlay: Overlay,
    onzoom: (range: XRange) => void,
  ) {
    this.#overlay = overlay;
    this.#onzoom = onzoom;
    this.chart = new Chart<'line', Point[]>(canvas, {
      type: 'line',
      data: { datasets },
      options: this.#options(view),
      plugins: [
        overlayPlugin(() => this.#overlay),
        {
          id: 'frame',
          afterRender: (chart) => {
            this.#measure(chart);
          },
        },
      ],
    });
  }

  show(datasets: LineDataset[], view: ChartView, overlay: Overlay): void {
    this.#overlay = overlay;
    this.chart.data.datasets = datasets;
    this.chart.options = this.#options(view);
    this.chart.update('none');
  }

  pixelOf(x: number): number {
    return this.chart.scales.x?.getPixelForValue(x) ?? NaN;
  }

  xAt(pixel: number): number {
    return this.chart.scales.x?.getValueForPixel(pixel) ?? NaN;
  }

  destroy(): void {
    this.chart.destroy();
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

  #options({ axis, unit, logX, logY, range, baselines, colours }: ChartView): ChartOptions<'line'> {
    const grid = { color: colours.grid, tickColor: colours.grid };
    const ticks = { color: colours.text, maxRotation: 0, font: { size: 11.5 } };
    const levels = baselines.map(({ value }) => value);
    const zoomed = ({ chart }: { chart: Chart }) => {
      this.#zoomed(chart);
    };
    return {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { right: 8, top: 6 } },
      scales: {
        x: {
          type: logX ? 'logarithmic' : 'linear',
          ...(range ?? {}),
          grid,
          border: { color: colours.grid },
          title: { display: true, text: xTitles[axis], color: colours.text, padding: 0 },
          ticks: {
            ...ticks,
            autoSkipPadding: 16,
            includeBounds: false,
            maxTicksLimit: 9,
            ...(axis === 'epoch' ? {} : { precision: 0 }),
            callback: (value) => xText(axis, Number(value)),
          },
        },
        y: {
          type: logY ? 'logarithmic' : 'linear',
          ...(levels.length > 0
            ? { suggestedMin: Math.min(...levels), suggestedMax: Math.max(...levels) }
            : {}),
          grid,
          border: { color: colours.grid },
          ticks: { ...ticks, maxTicksLimit: 7, callback: (value) => valueText(Number(value), unit) },
          // Of one width, so that charts below one another line up.
          afterFit: (scale) => {
            scale.width = Math.max(scale.width, 58);
          },
        },
      },
      plugins: {
        zoom: {
          zoom: {
            mode: 'x',
            drag: { enabled: true, backgroundColor: `${colours.accent}33`, threshold: 6 },
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
