import { ink, svgCaption, svgFile, svgLine, svgText, svgTitle, n, escaped } from './svg.ts';
import { svgAxes, svgGrid, type SvgFrame, type SvgTick } from './svgAxes.ts';

/** How large a printed scatter plot is within its axes, in pixels; half a page wide it is read without a glass. */
export const scatterSize = { width: 520, height: 320 };

const [left, right, top] = [68, 28, 40];
const radius = 4;

export interface ScatterPoint {
  /** In pixels, from the left and the top of the plot. */
  at: readonly [x: number, y: number];
  colour: string;
  /** Ends of a bar through it, from the top of the plot. */
  bar?: readonly [top: number, bottom: number];
  /** Beside it, at a height of its own. */
  label?: { text: string; top: number; isLeft: boolean };
}

/** A scatter plot as it is to be drawn; ticks are in pixels of the plot, see {@link scatterSize}. */
export interface ScatterPicture {
  title: string;
  xTitle: string;
  yTitle: string;
  xTicks: readonly SvgTick[];
  yTicks: readonly SvgTick[];
  points: readonly ScatterPoint[];
  /** What the colours are; none where all points are alike. */
  legend: readonly { colour: string; label: string }[];
  caption: string;
}

/** A scatter plot as an SVG of its own, dark on white; `family` is its attribute `font-family`. */
export function scatterSvg(picture: ScatterPicture, family: string): string {
  const { width, height } = scatterSize;
  const moved = (ticks: readonly SvgTick[], by: number) =>
    ticks.map(({ at, label }) => ({ at: at + by, label }));
  const frame: SvgFrame = {
    area: { left, top, right: left + width, bottom: top + height },
    xTicks: moved(picture.xTicks, left),
    yTicks: moved(picture.yTicks, top),
  };
  const under = frame.area.bottom + 36;
  const legend = picture.legend.map(({ colour, label }, index) => ({
    colour,
    label,
    y: under + 20 + index * 18,
  }));
  const captionTop = under + 22 + legend.length * 18;
  const caption = svgCaption(picture.caption, { x: left, y: captionTop, width });
  const middle = top + height / 2;
  return svgFile({ width: left + width + right, height: captionTop + caption.height }, family, [
    svgTitle(left, 20, picture.title),
    ...svgGrid(frame),
    ...svgAxes(frame),
    svgText(left + width / 2, under, picture.xTitle, 'text-anchor="middle"'),
    svgText(16, middle, picture.yTitle, `text-anchor="middle" transform="rotate(-90 16 ${n(middle)})"`),
    ...picture.points.flatMap(pointParts),
    ...legend.flatMap(({ colour, label, y }) => [
      circle(left + radius, y - 4, colour),
      svgText(left + 16, y, label),
    ]),
    ...caption.parts,
  ]);
}

function pointParts({ at: [x, y], colour, bar, label }: ScatterPoint): string[] {
  return [
    ...(bar ? [svgLine([left + x, top + bar[0]], [left + x, top + bar[1]], colour)] : []),
    circle(left + x, top + y, colour),
    ...(label
      ? [
          svgText(
            left + x + (label.isLeft ? -10 : 10),
            top + label.top + 4,
            label.text,
            label.isLeft ? 'text-anchor="end"' : '',
          ),
        ]
      : []),
  ];
}

/** Points that lie upon each other are seen to. */
function circle(x: number, y: number, colour: string): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${radius}" fill="${escaped(colour)}" fill-opacity="0.7" stroke="${ink}" stroke-width="0.5"/>`;
}
