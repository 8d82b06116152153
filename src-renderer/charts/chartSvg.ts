import type { EndLabel } from './endLabels.ts';
import { toBaseline, type Box } from './labelPlaces.ts';
import type { PlacedLevels } from './levels.ts';
import { ringRadius, type PlacedMark } from './marks.ts';
import { escaped, ink, n, svgFile, svgLine, svgRect, svgText, svgTitle } from './print/svg.ts';
import { svgAxes, svgGrid, type SvgFrame } from './print/svgAxes.ts';

type Point = readonly [x: number, y: number];

export interface SvgCurve {
  colour: string;
  dash: readonly number[];
  /** Of the stroke, in pixels, and its opacity. */
  width: number;
  opacity: number;
  label: string | null;
  /** In pixels; null where the line is interrupted. */
  points: readonly (Point | null)[];
  /** The corners of the ground from the least to the greatest of what it is the mean of; none where it is no mean. */
  band: readonly Point[];
}

/** A chart as it is to be drawn. All places are in pixels of the picture. */
export interface ChartPicture extends SvgFrame {
  title: string;
  xTitle: string;
  width: number;
  curves: readonly SvgCurve[];
  levels: readonly PlacedLevels[];
  marks: readonly PlacedMark[];
  ends: readonly EndLabel[];
}

const legendLine = 18;

/** A chart as an SVG of its own, dark on white, as print wants it; `family` is its attribute `font-family`. */
export function chartSvg(picture: ChartPicture, family: string): string {
  const { width, area, title, xTitle, levels, marks, ends } = picture;
  const legend = legendOf(picture);
  const top = 28;
  const under = area.bottom + 36;
  const whole = top + under + 14 + legend.length * legendLine;
  return svgFile({ width, height: whole }, family, [
    svgTitle(area.left, 18, title),
    `<g transform="translate(0 ${top})">`,
    `<clipPath id="plot">${svgRect(area.left, area.top, { width: area.right - area.left, height: area.bottom - area.top }, '')}</clipPath>`,
    ...svgGrid(picture),
    `<g clip-path="url(#plot)" fill="none" stroke-linejoin="round">`,
    ...picture.curves.flatMap(bandPart),
    ...picture.curves.map(curvePart),
    ...levels.flatMap(({ lines }) =>
      lines.map((y) => svgLine([area.left, y], [area.right, y], ink, ' stroke-dasharray="6 4"')),
    ),
    '</g>',
    ...levels.flatMap(levelParts),
    ...marks.flatMap(markParts),
    ...ends.map(({ text, colour, x, middle }) =>
      svgText(x, middle + toBaseline, text, `fill="${escaped(colour)}"`),
    ),
    ...svgAxes(picture),
    svgText((area.left + area.right) / 2, under, xTitle, 'text-anchor="middle"'),
    ...legend.flatMap(({ colour, dash, label }, index) => {
      const y = under + 18 + index * legendLine;
      return [
        svgLine([area.left, y], [area.left + 28, y], colour, ` stroke-width="2"${dashes(dash)}`),
        svgText(area.left + 36, y + 4, label ?? ''),
      ];
    }),
    '</g>',
  ]);
}

/** None where every curve has its whole name beside its end. */
function legendOf({ curves, ends }: ChartPicture): readonly SvgCurve[] {
  const named = curves.filter(({ label }) => label !== null);
  return ends.length === named.length && ends.every(({ isCut }) => !isCut) ? [] : named;
}

function bandPart({ band, colour }: SvgCurve): string[] {
  if (band.length === 0) return [];
  const corners = band.map(([x, y]) => `${n(x)} ${n(y)}`).join('L');
  return [`<path d="M${corners}z" fill="${escaped(colour)}" fill-opacity="0.16"/>`];
}

function curvePart({ points, colour, width, opacity, dash }: SvgCurve): string {
  const there = points.filter((point) => point !== null);
  const [only] = there;
  // A line of one point cannot be seen.
  if (only && there.length === 1) {
    return `<circle cx="${n(only[0])}" cy="${n(only[1])}" r="3" fill="${escaped(colour)}" fill-opacity="${opacity}"/>`;
  }
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

function levelParts({ label, arrow, box }: PlacedLevels): string[] {
  if (!box) return [];
  const corners = arrow?.map(([x, y]) => `${n(x)},${n(y)}`).join(' ');
  return [...labelParts(label, box), ...(corners ? [`<polygon points="${corners}" fill="${ink}"/>`] : [])];
}

function markParts({ label, colour, x, y, box }: PlacedMark): string[] {
  return [
    `<circle cx="${n(x)}" cy="${n(y)}" r="${ringRadius}" fill="#ffffff" stroke="${escaped(colour)}" stroke-width="2"/>`,
    ...labelParts(label, box),
  ];
}

/** On a ground that keeps it readable over lines. */
function labelParts(label: string, { left, top, right, bottom }: Box): string[] {
  const size = { width: right - left + 4, height: bottom - top };
  return [
    svgRect(left - 2, top, size, 'fill="#ffffff" fill-opacity="0.85"'),
    svgText(left, (top + bottom) / 2 + toBaseline, label),
  ];
}

function dashes(dash: readonly number[]): string {
  return dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
}
