import { countText } from '../../../../src-main/vocabulary/counts.ts';
import type { ConfusionMatrix } from '../../../../src-main/workbench/contract.ts';
import {
  n,
  softInk,
  svgCaption,
  svgFile,
  svgRect,
  svgText,
  svgTitle,
  widthOf,
} from '../../../charts/print/svg.ts';
import { colourBarHeight, svgCells, svgColourBar } from '../../../charts/print/svgCells.ts';
import { cellText, half, maxClassesWritten, rowTotals, shadeOf, shareOf } from './confusion.ts';
import { cellWeight, mixedColour } from './matrixPicture.ts';

/** The ends of the colours, those of the light theme. */
const [empty, full] = [
  [0xec, 0xef, 0xf3],
  [0x08, 0x4c, 0x84],
] as const;
/** Side of a cell with its number, and of the whole matrix where there are more classes, in pixels. */
const [written, whole] = [34, 560];
/** More names than these would lie upon each other: then classes are numbered. */
const mostNamed = 60;
const longestName = 24;

export interface MatrixFigure {
  /** What the run is called. */
  name: string;
  /** How it was evaluated. */
  evaluation: string;
  as: 'count' | 'share';
}

export function matrixTitle({ name }: MatrixFigure): string {
  return `Confusion matrix: ${name}`;
}

/** A confusion matrix as an SVG of its own, dark on white; `family` is its attribute `font-family`. */
export function matrixSvg(
  matrix: Pick<ConfusionMatrix, 'classes' | 'counts'>,
  figure: MatrixFigure,
  family: string,
): string {
  const count = matrix.classes.length;
  const isWritten = count <= maxClassesWritten;
  const side = isWritten ? written : whole / Math.max(1, count);
  const fontSize = isWritten ? 11 : 9;
  const names = classNames(matrix.classes);
  const longest = Math.max(...names.map(({ text }) => widthOf(text, fontSize)), 0);
  const [left, top] = [44 + longest, 58 + longest];
  const size = count * side;
  const [right, under] = [left + size, top + size];
  const centre = { x: left + size / 2, y: top + size / 2 };
  const bar = Math.min(260, Math.max(160, size));
  const width = Math.max(
    right + (isWritten ? 52 : 24),
    left + bar + 24,
    Math.ceil(32 + widthOf(matrixTitle(figure), 15)),
  );
  const key = svgColourBar({
    x: left,
    y: under + 18,
    width: bar,
    colours: barColours(isWritten),
    ticks: [0, 0.5, 1].map((at) => ({ at, text: `${100 * at} %` })),
    title: 'Share of the images of the true class',
  });
  const caption = svgCaption(captionOf(matrix, figure), {
    x: left,
    y: under + 18 + colourBarHeight + 14,
    width: width - left - 16,
  });
  return svgFile(
    { width: Math.ceil(width), height: Math.ceil(under + 18 + colourBarHeight + 18 + caption.height) },
    family,
    [
      svgTitle(16, 20, matrixTitle(figure)),
      svgText(centre.x, 42, 'Predicted class', 'text-anchor="middle"'),
      svgText(16, centre.y, 'True class', `text-anchor="middle" transform="rotate(-90 16 ${n(centre.y)})"`),
      ...names.flatMap(({ at, text }) => nameParts(text, (at + 0.5) * side, { left, top, fontSize })),
      svgRect(left, top, { width: size, height: size }, `fill="${mixedColour(empty, full, 0)}"`),
      ...svgCells(cellsOf(matrix, { left, top, side, isWritten })),
      ...(isWritten ? numberParts(matrix, figure.as, { left, top }) : []),
      ...key,
      ...caption.parts,
    ],
  );
}

/** The names, cut to a length; of many classes about ten of their numbers. */
function classNames(classes: readonly string[]): { at: number; text: string }[] {
  if (classes.length > mostNamed) {
    const step = 10 ** Math.floor(Math.log10(classes.length / 5));
    return classes.flatMap((_, at) => (at % step === 0 ? [{ at, text: String(at) }] : []));
  }
  return classes.map((name, at) => ({
    at,
    text: name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name,
  }));
}

/** At the left of its row and, upwards, above its column. */
function nameParts(
  text: string,
  middle: number,
  { left, top, fontSize }: { left: number; top: number; fontSize: number },
): string[] {
  const [x, y] = [left + middle + fontSize / 3, top - 6];
  return [
    svgText(left - 6, top + middle + fontSize / 3, text, `text-anchor="end" font-size="${fontSize}"`),
    svgText(x, y, text, `font-size="${fontSize}" transform="rotate(-90 ${n(x)} ${n(y)})"`),
  ];
}

/** As on the screen: by the shade under a number, or so that a single image is not lost. */
function colourOf(share: number, isWritten: boolean): string {
  const weight = isWritten ? shadeOf(share) / 100 : cellWeight(share);
  return mixedColour(empty, full, share === 0 ? 0 : weight);
}

function barColours(isWritten: boolean): string[] {
  return Array.from({ length: 100 }, (_, index) => colourOf((index + 0.5) / 100, isWritten));
}

function* cellsOf(
  matrix: Pick<ConfusionMatrix, 'counts'>,
  { left, top, side, isWritten }: { left: number; top: number; side: number; isWritten: boolean },
) {
  const totals = rowTotals(matrix);
  for (const [label, row] of matrix.counts.entries()) {
    for (const [prediction, count] of row.entries()) {
      if (count === 0) continue;
      const colour = colourOf(shareOf(count, totals[label] ?? 0), isWritten);
      yield { x: left + prediction * side, y: top + label * side, width: side, height: side, colour };
    }
  }
}

/** The numbers in the cells, what is right framed, and the images of each class at the right. */
function numberParts(
  matrix: Pick<ConfusionMatrix, 'counts'>,
  as: MatrixFigure['as'],
  { left, top }: { left: number; top: number },
): string[] {
  const totals = rowTotals(matrix);
  const middle = (index: number) => (index + 0.5) * written;
  const right = left + matrix.counts.length * written;
  return [
    ...matrix.counts.map((_, index) =>
      svgRect(
        left + index * written + 0.5,
        top + index * written + 0.5,
        { width: written - 1, height: written - 1 },
        'fill="none" stroke="#868f9c"',
      ),
    ),
    ...matrix.counts.flatMap((row, label) =>
      row.map((count, prediction) => {
        const total = totals[label] ?? 0;
        const ink = shareOf(count, total) >= half ? ' fill="#ffffff"' : count === 0 ? ' fill="#5f6a7a"' : '';
        return svgText(
          left + middle(prediction),
          top + middle(label) + 4,
          cellText(count, total, as),
          `text-anchor="middle" font-size="11"${ink}`,
        );
      }),
    ),
    svgText(right + 8, top - 6, 'images', `font-size="11" fill="${softInk}"`),
    ...totals.map((total, label) =>
      svgText(right + 8, top + middle(label) + 4, countText(total), `font-size="11" fill="${softInk}"`),
    ),
  ];
}

function captionOf(
  { classes, counts }: Pick<ConfusionMatrix, 'classes' | 'counts'>,
  { evaluation }: MatrixFigure,
): string {
  const total = rowTotals({ counts }).reduce((sum, each) => sum + each, 0);
  const right = counts.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
  const numbered = classes.length > mostNamed ? ' Classes are numbered from 0.' : '';
  return `${evaluation}: ${countText(total)} images, ${countText(right)} of them (on the diagonal) taken for their own class.${numbered}`;
}
