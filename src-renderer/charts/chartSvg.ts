import type { Baseline } from './curves.ts';
import { escaped, ink, n, svgFile, svgLine, svgRect, svgText, svgTitle } from './print/svg.ts';
import { svgAxes, svgGrid, type SvgFrame } from './print/svgAxes.ts';

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
export interface ChartPicture extends SvgFrame {
  title: string;
  xTitle: string;
  width: number;
  height: number;
  curves: readonly SvgCurve[];
  baselines: readonly (Baseline & { at: number })[];
}

const legendLine = 18;

/** A chart as an SVG of its own, dark on white, as print wants it; `family` is its attribute `font-family`. */
export function chartSvg(picture: ChartPicture, family: string): string {
  const { width, height, area, title, xTitle } = picture;
  const legend = picture.curves.filter(({ label }) => label !== null);
  const top = 28;
  const whole = top + height + 24 + legend.length * legendLine;
  return svgFile({ width, height: whole }, family, [
    svgTitle(area.left, 18, title),
    `<g transform="translate(0 ${top})">`,
    `<clipPath id="plot">${svgRect(area.left, area.top, { width: area.right - area.left, height: area.bottom - area.top }, '')}</clipPath>`,
    ...svgGrid(picture),
    `<g clip-path="url(#plot)" fill="none" stroke-linejoin="round">`,
    ...picture.curves.map(path),
    ...picture.baselines.map(({ at }) =>
      svgLine([area.left, at], [area.right, at], ink, ' stroke-dasharray="6 4"'),
    ),
    '</g>',
    ...picture.baselines.map(({ at, label }) => svgText(area.right - 4, at - 4, label, 'text-anchor="end"')),
    ...svgAxes(picture),
    svgText((area.left + area.right) / 2, height + 8, xTitle, 'text-anchor="middle"'),
    ...legend.flatMap(({ colour, dash, label }, index) => {
      const y = height + 24 + index * legendLine;
      return [
        svgLine([area.left, y], [area.left + 28, y], colour, ` stroke-width="2"${dashes(dash)}`),
        svgText(area.left + 36, y + 4, label ?? ''),
      ];
    }),
    '</g>',
  ]);
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

function dashes(dash: readonly number[]): string {
  return dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
}
