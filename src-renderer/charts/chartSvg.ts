import { printable } from '../../src-main/vocabulary/printable.ts';
import type { Baseline } from './curves.ts';

export interface SvgTick {
  /** In pixels, from the left or the top. */
  at: number;
  label: string;
}

export interface SvgCurve {
  colour: string;
  dash: readonly number[];
  /** Of the stroke, in pixels, and its opacity. */
  width: number;
  opacity: number;
  label: string | null;
  /** In pixels; null where the line is interrupted. */
  points: readonly (readonly [x: number, y: number] | null)[];
}

/** A chart as it is to be drawn. All places are in pixels of the picture. */
export interface ChartPicture {
  title: string;
  xTitle: string;
  width: number;
  height: number;
  /** Of the plot within. */
  area: { left: number; top: number; right: number; bottom: number };
  xTicks: readonly SvgTick[];
  yTicks: readonly SvgTick[];
  curves: readonly SvgCurve[];
  baselines: readonly (Baseline & { at: number })[];
}

const ink = '#1a2230';
const faint = '#d8dde4';
const legendLine = 18;

/** A chart as an SVG of its own, dark on white, as print wants it; `family` is its attribute `font-family`. */
export function chartSvg(picture: ChartPicture, family: string): string {
  const { width, height, area, title, xTitle } = picture;
  const legend = picture.curves.filter(({ label }) => label !== null);
  const top = 28;
  const whole = top + height + 24 + legend.length * legendLine;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}" font-family="${escaped(family)}" font-size="12" fill="${ink}">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    text(area.left, 18, title, 'font-weight="bold" font-size="14"'),
    `<g transform="translate(0 ${top})">`,
    `<clipPath id="plot"><rect x="${n(area.left)}" y="${n(area.top)}" width="${n(area.right - area.left)}" height="${n(area.bottom - area.top)}"/></clipPath>`,
    ...picture.xTicks.flatMap(({ at, label }) => [
      line(at, area.top, at, area.bottom, faint),
      text(at, area.bottom + 16, label, 'text-anchor="middle"'),
    ]),
    ...picture.yTicks.flatMap(({ at, label }) => [
      line(area.left, at, area.right, at, faint),
      text(area.left - 6, at + 4, label, 'text-anchor="end"'),
    ]),
    `<g clip-path="url(#plot)" fill="none" stroke-linejoin="round">`,
    ...picture.curves.map(path),
    ...picture.baselines.map(({ at }) => line(area.left, at, area.right, at, ink, ' stroke-dasharray="6 4"')),
    '</g>',
    ...picture.baselines.map(({ at, label }) => text(area.right - 4, at - 4, label, 'text-anchor="end"')),
    line(area.left, area.top, area.left, area.bottom, ink),
    line(area.left, area.bottom, area.right, area.bottom, ink),
    text((area.left + area.right) / 2, height + 8, xTitle, 'text-anchor="middle"'),
    ...legend.flatMap(({ colour, dash, label }, index) => {
      const y = height + 24 + index * legendLine;
      return [
        line(area.left, y, area.left + 28, y, colour, ` stroke-width="2"${dashes(dash)}`),
        text(area.left + 36, y + 4, label ?? ''),
      ];
    }),
    '</g>',
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function path({ points, colour, width, opacity, dash }: SvgCurve): string {
  let pen = 'M';
  const steps = points.map((point) => {
    if (!point) {
      pen = 'M';
      return '';
    }
    const step = `${pen}${n(point[0])} ${n(point[1])}`;
    pen = 'L';
    return step;
  });
  return `<path d="${steps.join('')}" stroke="${escaped(colour)}" stroke-width="${width}" stroke-opacity="${opacity}"${dashes(dash)}/>`;
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string, more = ''): string {
  return `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" stroke="${escaped(colour)}"${more}/>`;
}

function text(x: number, y: number, content: string, more = ''): string {
  return `<text x="${n(x)}" y="${n(y)}" ${more}>${escaped(content)}</text>`;
}

function dashes(dash: readonly number[]): string {
  return dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
}

/** A tenth of a pixel is finer than any printer's dot. */
function n(value: number): string {
  return String(Number(value.toFixed(1)));
}

function escaped(content: string): string {
  // XML has no way to hold most control characters.
  return printable(content)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
