import type { RunSummary } from '../../../../src-main/workbench/contract.ts';
import {
  escaped,
  n,
  softInk,
  svgCaption,
  svgFile,
  svgLine,
  svgRect,
  svgText,
  svgTitle,
  widthOf,
  wrapped,
} from '../../../charts/print/svg.ts';
import { axisLabels } from './axisLabels.ts';
import { axisTitle } from './axisTitle.ts';
import { errorColour, errorColours } from './errorColour.ts';
import type { PlotAxis } from './plotAxis.ts';
import { runsText } from './runScatter.ts';

const side = 56;
const inner = 260;
/** Widths, in pixels: of the whole at least, and between axes at least. */
const [least, between] = [640, 104];
/** Heights, in pixels: of the title of the figure, and of a line of an axis's title. */
const [head, titleLine] = [34, 14];

/** Runs as lines across their settings and errors, as an SVG of its own; `family` is its attribute `font-family`. */
export function parallelSvg(axes: readonly PlotAxis[], runs: readonly RunSummary[], family: string): string {
  const width = Math.max(least, 2 * side + (axes.length - 1) * between);
  const gap = (width - 2 * side) / Math.max(1, axes.length - 1);
  const titles = axes.map(({ column }) => wrapped(axisTitle(column), gap - 10));
  const top = head + Math.max(...titles.map(({ length }) => length)) * titleLine + 10;
  const leftOf = (index: number) => side + index * gap;
  const topOf = (place: number) => top + (1 - place) * inner;
  const last = axes.at(-1);
  const key = keyParts(last, { x: side, y: top + inner + 36 });
  const caption = svgCaption(
    `${runsText(runs, runs.length)} A line is a run${last ? `, coloured by its ${last.column.title}` : ''}.`,
    { x: side, y: top + inner + 36 + key.height, width: width - 2 * side },
  );
  return svgFile({ width, height: top + inner + 36 + key.height + caption.height }, family, [
    svgTitle(side, 20, parallelTitle(axes)),
    '<g fill="none" stroke-width="1.5" stroke-opacity="0.75" stroke-linejoin="round">',
    ...runs.map((run) => linePart(run, axes, { leftOf, topOf })),
    '</g>',
    ...axes.flatMap((axis, index) => [
      ...(titles[index] ?? []).map((line, row, lines) =>
        svgText(
          leftOf(index),
          top - 10 - (lines.length - 1 - row) * titleLine,
          line,
          'text-anchor="middle" font-weight="bold"',
        ),
      ),
      svgLine([leftOf(index), top], [leftOf(index), top + inner], softInk),
      ...tickParts(axis, leftOf(index), { topOf, room: index === axes.length - 1 ? side : gap }),
    ]),
    ...key.parts,
    ...caption.parts,
  ]);
}

export function parallelTitle(axes: readonly PlotAxis[]): string {
  const titles = axes.map(({ column }) => column.title);
  return `Runs over ${titles.slice(0, -1).join(', ')} and ${titles.at(-1) ?? ''}`;
}

interface Places {
  leftOf: (index: number) => number;
  topOf: (place: number) => number;
}

function linePart(run: RunSummary, axes: readonly PlotAxis[], { leftOf, topOf }: Places): string {
  const points = axes.flatMap((axis, index) => {
    const place = axis.place(run);
    return place === null ? [] : [`${n(leftOf(index))} ${n(topOf(place))}`];
  });
  return `<path d="M${points.join('L')}" stroke="${escaped(errorColour(axes.at(-1)?.place(run) ?? null))}"/>`;
}

/** The ticks of an axis at its right, upon the lines that cross there. */
function tickParts(
  axis: PlotAxis,
  left: number,
  { topOf, room }: Pick<Places, 'topOf'> & { room: number },
): string[] {
  return axisLabels(axis, topOf).flatMap(({ text: whole, tick, middle }) => {
    const text = shortened(whole, room - 12);
    return [
      svgLine([left - 3, tick], [left, tick], softInk),
      svgRect(
        left + 3,
        middle - 7,
        { width: widthOf(text, 11) + 4, height: 14 },
        'fill="#ffffff" fill-opacity="0.8"',
      ),
      svgText(left + 5, middle + 4, text, 'font-size="11"'),
    ];
  });
}

function shortened(text: string, room: number): string {
  const letters = Math.max(3, Math.floor(room / widthOf('x', 11)));
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}

/** What the colours are: from the least to the greatest of the last axis. */
function keyParts(axis: PlotAxis | undefined, { x, y }: { x: number; y: number }) {
  const ticks = axis?.ticks.toSorted((one, other) => one.place - other.place) ?? [];
  const [first, last] = [ticks[0], ticks.at(-1)];
  if (!axis || !first || !last || first === last) return { parts: [], height: 0 };
  const from = x + widthOf(first.text) + 8;
  const swatch = { width: 28, height: 10 };
  return {
    parts: [
      svgText(x, y - 12, first.text),
      ...errorColours.map((colour, index) =>
        svgRect(from + index * swatch.width, y - 21, swatch, `fill="${colour}"`),
      ),
      svgText(
        from + errorColours.length * swatch.width + 8,
        y - 12,
        `${last.text}  ${axisTitle(axis.column)}`,
      ),
    ],
    height: 8,
  };
}
