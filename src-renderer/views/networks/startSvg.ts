import { paperNets } from '../../../src-main/vocabulary/configurations.ts';
import { seriesStyle } from '../../charts/palette.ts';
import { n, softInk, svgCaption, svgFile, svgLine, svgText, svgTitle } from '../../charts/print/svg.ts';
import { svgAxes, svgGrid, type SvgFrame } from '../../charts/print/svgAxes.ts';
import {
  deepest,
  decadeTicks,
  labelledDepths,
  signalPoints,
  signalQuantities,
  startSchemes,
  type MeasuredStart,
  type SignalQuantity,
} from './startSignals.ts';

export const startTitle = 'Before the first step: the signal and its gradient by depth';

/** Of one plot, and what lies around it, in pixels. */
const [plotWidth, plotHeight] = [150, 130];
const [side, between, below] = [62, 22, 46];

export interface StartFigure {
  measured: readonly MeasuredStart[];
  /** Exponents of ten that each quantity's plots share. */
  ranges: Record<SignalQuantity, readonly [least: number, most: number]>;
  /** Of what the nets were: crop, width, pixels. */
  about: string;
}

/** The start of all nets by each scheme as an SVG of its own; `family` is its attribute `font-family`. */
export function startSvg({ measured, ranges, about }: StartFigure, family: string): string {
  const rows = Object.keys(signalQuantities) as SignalQuantity[];
  const whole = startSchemes.length * (plotWidth + between) - between;
  const parts = [svgTitle(side, 20, startTitle), ...legendParts(42)];
  let top = 80;
  for (const [row, quantity] of rows.entries()) {
    for (const [column, { key, title }] of startSchemes.entries()) {
      const left = side + column * (plotWidth + between);
      const starts = measured.filter(({ scheme }) => scheme === key);
      if (row === 0) parts.push(svgText(left, top - 10, title, 'font-weight="bold" font-size="11"'));
      parts.push(...plotParts(starts, quantity, ranges[quantity], { left, top, isFirst: column === 0 }));
    }
    const middle = top + plotHeight / 2;
    const words = signalQuantities[quantity];
    parts.push(
      svgText(
        16,
        middle,
        words,
        `text-anchor="middle" font-size="11" transform="rotate(-90 16 ${n(middle)})"`,
      ),
    );
    top += plotHeight + below;
  }
  const title = 'Layer with weights, from the input on';
  parts.push(svgText(side + whole / 2, top - 12, title, 'text-anchor="middle" font-size="11"'));
  const caption = svgCaption(captionOf(measured, about), { x: side, y: top + 10, width: whole });
  return svgFile({ width: side + whole + 20, height: top + caption.height + 8 }, family, [
    ...parts,
    ...caption.parts,
  ]);
}

function plotParts(
  starts: readonly MeasuredStart[],
  quantity: SignalQuantity,
  range: readonly [number, number],
  { left, top, isFirst }: { left: number; top: number; isFirst: boolean },
): string[] {
  const [low, high] = range;
  const xOf = (depth: number) => left + ((depth - 1) / (deepest - 1)) * plotWidth;
  const yOf = (power: number) => top + ((high - power) / (high - low)) * plotHeight;
  const frame: SvgFrame = {
    area: { left, top, right: left + plotWidth, bottom: top + plotHeight },
    xTicks: labelledDepths.map((depth) => ({ at: xOf(depth), label: String(depth) })),
    yTicks: decadeTicks(range).map((power) => ({
      at: yOf(power),
      label: isFirst ? `10${raised(power)}` : '',
    })),
  };
  const one = low <= 0 && high >= 0 ? [svgLine([left, yOf(0)], [left + plotWidth, yOf(0)], softInk)] : [];
  return [
    `<g font-size="11">`,
    ...svgGrid(frame),
    ...one,
    ...starts.flatMap(({ net, layers }) => {
      const { colour, dash } = seriesStyle(netIndex(net));
      const points = signalPoints(layers, quantity).map(
        ({ depth, value }) => [xOf(depth), yOf(Math.log10(value))] as const,
      );
      if (points.length === 0) return [];
      const line = points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L');
      return [
        `<path fill="none" stroke-width="1.5" stroke-linejoin="round" stroke="${colour}" ${dashes(dash)} d="M${line}"/>`,
        ...points.map(([x, y]) => `<circle cx="${n(x)}" cy="${n(y)}" r="1.8" fill="${colour}"/>`),
      ];
    }),
    ...svgAxes(frame),
    '</g>',
  ];
}

function legendParts(y: number): string[] {
  return paperNets.flatMap((net, index) => {
    const { colour, dash } = seriesStyle(index);
    const x = side + index * 80;
    return [
      svgLine([x, y], [x + 26, y], colour, ` stroke-width="2" ${dashes(dash)}`),
      svgText(x + 32, y + 4, net, 'font-size="11"'),
    ];
  });
}

function netIndex(net: MeasuredStart['net']): number {
  return Math.max(
    0,
    paperNets.findIndex((each) => each === net),
  );
}

function dashes(dash: readonly number[]): string {
  return dash.length === 0 ? '' : `stroke-dasharray="${dash.join(' ')}"`;
}

/** As an exponent: `⁻¹²`. */
function raised(power: number): string {
  return String(power).replaceAll(/[-\d]/g, (sign) =>
    sign === '-' ? '⁻' : ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] ?? ''),
  );
}

function captionOf(measured: readonly MeasuredStart[], about: string): string {
  const quantities = Object.keys(signalQuantities) as SignalQuantity[];
  const left = measured.flatMap(({ layers }) =>
    quantities.map(
      (quantity) =>
        layers.filter(({ gradient }) => gradient !== null).length - signalPoints(layers, quantity).length,
    ),
  );
  const missing = left.reduce((sum, each) => sum + each, 0);
  const note =
    missing === 0
      ? ''
      : ` Values that are 0, too small for 32 bits or not finite have no place on the axes: ${missing}.`;
  return `${about}. One pass of 16 images of noise and random labels before any training, no dropout.${note}`;
}
