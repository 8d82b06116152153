import { countText } from '../../../src-main/vocabulary/counts.ts';
import type { LayerMatrix, LayerQuantity } from '../../../src-main/workbench/contract.ts';
import {
  n,
  svgCaption,
  svgFile,
  svgRect,
  svgText,
  svgTitle,
  widthOf,
  type SvgSize,
} from '../../charts/print/svg.ts';
import { colourBarHeight, svgCells, svgColourBar, type SvgCell } from '../../charts/print/svgCells.ts';
import { heatColours } from './heatPicture.ts';
import { scaleTicks, shadeOf, type HeatScale } from './heatScale.ts';
import { labelledColumns } from './labelledColumns.ts';
import { quantityTexts } from './quantities.ts';

/** The layers of one run over its steps. */
export interface HeatPanel {
  /** What the run is called. */
  name: string;
  matrix: LayerMatrix;
}

const plotWidth = 520;
const rowHeight = 14;
const barWidth = 260;
/** Colours of what has no place on the scale, those of the light theme. */
const ground = { nothing: '#eceff3', zero: '#868f9c', notFinite: '#b3261e' } as const;

export function heatTitle(quantity: LayerQuantity, panels: readonly HeatPanel[]): string {
  const [only, ...others] = panels;
  const name = `${quantityTexts[quantity].name}, by layer and step`;
  return only && others.length === 0 ? `${name}: ${only.name}` : name;
}

/**
 * One quantity of the layers of one or more runs as an SVG of its own, below one another in the same colours; `family` is
 * its attribute `font-family`.
 */
export function heatSvg(
  quantity: LayerQuantity,
  panels: readonly HeatPanel[],
  scale: HeatScale,
  family: string,
): string {
  const layers = panels.flatMap(({ matrix }) => matrix.layers);
  const left = 24 + Math.max(widthOf('Layer', 11), ...layers.map((layer) => widthOf(layer, 11)));
  const parts = [svgTitle(left, 20, heatTitle(quantity, panels)), layerHeading(left)];
  let y = 48;
  for (const panel of panels) {
    if (panels.length > 1) parts.push(svgText(left, y - 6, panel.name, 'font-weight="bold" font-size="11"'));
    parts.push(...panelParts(panel.matrix, scale, { left, top: y }));
    y += panel.matrix.layers.length * rowHeight + (panels.length > 1 ? 42 : 22);
  }
  parts.push(svgText(left + plotWidth / 2, y + 10, 'Step', 'text-anchor="middle" font-size="11"'));
  y += 30;
  parts.push(...keyParts(quantity, panels, scale, { left, top: y }));
  const caption = svgCaption(quantityTexts[quantity].meaning, {
    x: left,
    y: y + colourBarHeight + 14,
    width: plotWidth,
  });
  const whole: SvgSize = {
    width: Math.ceil(left + plotWidth + 24),
    height: y + colourBarHeight + 14 + caption.height,
  };
  return svgFile(whole, family, [...parts, ...caption.parts]);
}

interface Corner {
  left: number;
  top: number;
}

function layerHeading(left: number): string {
  return svgText(left - 8, 42, 'Layer', 'text-anchor="end" font-size="11"');
}

function panelParts(
  { layers, steps, values }: LayerMatrix,
  scale: HeatScale,
  { left, top }: Corner,
): string[] {
  const size = { width: plotWidth, height: layers.length * rowHeight };
  const width = plotWidth / Math.max(1, steps.length);
  const colours = heatColours(scale.kind);
  const cells: SvgCell[] = [];
  const crosses: string[] = [];
  for (const [row, line] of values.entries()) {
    for (const [column, value] of line.entries()) {
      const shade = shadeOf(value, scale);
      const [x, y] = [left + column * width, top + row * rowHeight];
      if (shade === 'not finite') crosses.push(cross(x, y, width));
      else if (shade !== 'nothing') {
        const colour = shade === 'zero' ? ground.zero : (colours[Math.round(255 * shade)] ?? ground.nothing);
        cells.push({ x, y, width, height: rowHeight, colour });
      }
    }
  }
  return [
    svgRect(left, top, size, `fill="${ground.nothing}"`),
    ...svgCells(cells),
    ...(crosses.length > 0 ? [`<path d="${crosses.join('')}" stroke="${ground.notFinite}"/>`] : []),
    ...layers.map((layer, row) =>
      svgText(left - 8, top + row * rowHeight + 11, layer, 'text-anchor="end" font-size="11"'),
    ),
    ...labelledColumns(steps.length, 6).map(({ column, at }, index, all) =>
      svgText(
        left + (index === 0 ? 0 : index === all.length - 1 ? 1 : at) * plotWidth,
        top + size.height + 14,
        countText(steps[column] ?? 0),
        `font-size="11" text-anchor="${index === 0 ? 'start' : index === all.length - 1 ? 'end' : 'middle'}"`,
      ),
    ),
  ];
}

/** Two strokes from corner to corner, so that colour is not the only sign. */
function cross(x: number, y: number, width: number): string {
  const [right, bottom] = [n(x + width), n(y + rowHeight)];
  return `M${n(x)} ${n(y)}L${right} ${bottom}M${right} ${n(y)}L${n(x)} ${bottom}`;
}

const scaleWords = {
  log: ', logarithmic',
  signed: ', logarithmic to both sides of 0',
  share: ', share of the channels',
} as const;

function keyParts(
  quantity: LayerQuantity,
  panels: readonly HeatPanel[],
  scale: HeatScale,
  { left, top }: Corner,
): string[] {
  const shades = new Set(
    panels.flatMap(({ matrix }) => matrix.values.flat().map((cell) => shadeOf(cell, scale))),
  );
  const x = left + barWidth + 32;
  const box = { width: 12, height: 12 };
  return [
    ...svgColourBar({
      x: left,
      y: top,
      width: barWidth,
      colours: heatColours(scale.kind).filter((_, index) => index % 4 === 0 || index === 255),
      ticks: scaleTicks(scale),
      title: `${quantityTexts[quantity].name}${scaleWords[scale.kind]}`,
    }),
    ...(shades.has('zero')
      ? [svgRect(x, top - 1, box, `fill="${ground.zero}"`), svgText(x + 18, top + 9, '0', 'font-size="11"')]
      : []),
    ...(shades.has('not finite')
      ? [
          svgRect(x + 56, top - 1, box, `fill="${ground.nothing}"`),
          `<path d="${cross(x + 56, top - 2, 12)}" stroke="${ground.notFinite}"/>`,
          svgText(x + 74, top + 9, 'not finite', 'font-size="11"'),
        ]
      : []),
  ];
}
