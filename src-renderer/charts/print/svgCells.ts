import { escaped, svgRect, svgText, type SvgSize } from './svg.ts';

/** A cell of a picture of many, in pixels. */
export interface SvgCell {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Without markup: `#rrggbb`. */
  colour: string;
}

/** How far cells reach under their neighbours, in pixels: edges that only meet are seen as pale lines in a PDF. */
const overlap = 0.3;

/** Cells as one path for each colour, so that a figure of thousands of them stays small. */
export function svgCells(cells: Iterable<SvgCell>): string[] {
  const paths = new Map<string, string[]>();
  for (const { x, y, width, height, colour } of cells) {
    const steps = paths.get(colour) ?? [];
    steps.push(
      `M${fine(x)} ${fine(y)}h${fine(width + overlap)}v${fine(height + overlap)}h${fine(-width - overlap)}z`,
    );
    paths.set(colour, steps);
  }
  return [...paths].map(([colour, steps]) => `<path fill="${escaped(colour)}" d="${steps.join('')}"/>`);
}

/** Cells of a thousand classes are half a pixel wide. */
function fine(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** Height of a bar of colours with its ticks and title, in pixels. */
export const colourBarHeight = 46;
const barHeight = 10;

export interface ColourBar {
  x: number;
  y: number;
  width: number;
  /** From the least to the greatest. */
  colours: readonly string[];
  /** Places from 0 to 1. */
  ticks: readonly { at: number; text: string }[];
  /** What the colours mean, with its unit. */
  title: string;
}

/** The scale of a figure's colours, its ticks and what it measures below it. */
export function svgColourBar({ x, y, width, colours, ticks, title }: ColourBar): string[] {
  const size: SvgSize = { width, height: barHeight };
  const step = width / colours.length;
  return [
    ...svgCells(
      colours.map((colour, index) => ({ x: x + index * step, y, width: step, height: barHeight, colour })),
    ),
    svgRect(x, y, size, 'fill="none" stroke="#868f9c" stroke-width="0.75"'),
    ...ticks.map(({ at, text }) =>
      svgText(
        x + at * width,
        y + barHeight + 14,
        text,
        `font-size="11" text-anchor="${at === 0 ? 'start' : at === 1 ? 'end' : 'middle'}"`,
      ),
    ),
    svgText(x, y + barHeight + 30, title, 'font-size="11"'),
  ];
}
