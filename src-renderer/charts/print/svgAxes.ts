import { gridLine, ink, svgLine, svgText } from './svg.ts';

export interface SvgTick {
  /** In pixels, from the left or the top. */
  at: number;
  label: string;
}

/** A plot of two axes within a drawing, in pixels. */
export interface SvgFrame {
  area: { left: number; top: number; right: number; bottom: number };
  xTicks: readonly SvgTick[];
  yTicks: readonly SvgTick[];
}

/** What lies under a plot: a line for each tick, with its label outside. */
export function svgGrid({ area, xTicks, yTicks }: SvgFrame): string[] {
  return [
    ...xTicks.flatMap(({ at, label }) => [
      svgLine([at, area.top], [at, area.bottom], gridLine),
      svgText(at, area.bottom + 16, label, 'text-anchor="middle"'),
    ]),
    ...yTicks.flatMap(({ at, label }) => [
      svgLine([area.left, at], [area.right, at], gridLine),
      svgText(area.left - 6, at + 4, label, 'text-anchor="end"'),
    ]),
  ];
}

/** What lies over it: the left and the lower edge. */
export function svgAxes({ area: { left, top, right, bottom } }: Pick<SvgFrame, 'area'>): string[] {
  return [svgLine([left, top], [left, bottom], ink), svgLine([left, bottom], [right, bottom], ink)];
}
