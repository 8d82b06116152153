import { verdictText } from '../../../src-main/vocabulary/claims.ts';
import { countText } from '../../../src-main/vocabulary/counts.ts';
import type { JudgedClaim } from '../../../src-main/workbench/contract.ts';
import {
  gridLine,
  ink,
  n,
  softInk,
  svgCaption,
  svgFile,
  svgLine,
  svgRect,
  svgText,
  svgTitle,
  wrapped,
} from '../../charts/print/svg.ts';
import { bySection, effectText, sectionTitle, toneOf, type VerdictTone } from './claimTexts.ts';
import { forestTicks, marksOf, placeOf, tickText, type ForestMarks } from './forest.ts';

const width = 840;
const margin = 16;
/** Where the columns begin, in pixels, and where the plot ends. */
const [verdictLeft, plotLeft, plotRight, effectLeft] = [330, 440, 660, 676];
/** Heights, in pixels: of a section's title, of a claim of one line, and of each further line. */
const [sectionHeight, rowHeight, lineHeight] = [26, 24, 14];
const top = 56;

const tones = {
  good: '#0b6e4f',
  bad: '#b3261e',
  warn: '#8a4b00',
  neutral: softInk,
} as const satisfies Record<VerdictTone, string>;
const allowedGround = '#d9e9f8';

export const forestTitle = 'What the paper claims, and what the runs say';

/**
 * The forest plot as an SVG of its own, dark on white: claims with a difference that was measured, or all if none was;
 * `family` is its attribute `font-family`.
 *
 * @param reach how far the axis goes to either side of 0, in points
 */
export function forestSvg(claims: readonly JudgedClaim[], reach: number, family: string): string {
  const drawn = drawnOf(claims);
  const parts: string[] = [];
  let y = top;
  for (const { section, claims: ofSection } of bySection(drawn)) {
    parts.push(svgText(margin, y + 18, sectionTitle(section), 'font-weight="bold"'));
    y += sectionHeight;
    for (const claim of ofSection) {
      const lines = wrapped(claim.title, verdictLeft - margin - 12);
      const height = rowHeight + (lines.length - 1) * lineHeight;
      parts.push(...rowParts(claim, lines, { y, height, reach }));
      y += height;
    }
  }
  const key = keyParts(y + 56);
  const caption = svgCaption(captionOf(claims, drawn), { x: margin, y: y + 80, width: width - 2 * margin });
  return svgFile({ width, height: y + 80 + caption.height }, family, [
    svgTitle(margin, 22, forestTitle),
    ...axisParts(y, reach),
    ...parts,
    ...key,
    ...caption.parts,
  ]);
}

function drawnOf(claims: readonly JudgedClaim[]): readonly JudgedClaim[] {
  const compared = claims.filter(({ kind }) => kind !== 'computed');
  const measured = compared.filter(({ effect }) => effect !== null);
  return measured.length > 0 ? measured : compared;
}

function axisParts(bottom: number, reach: number): string[] {
  return [
    svgText(plotLeft, top - 8, 'the first errs less', `font-size="11" fill="${softInk}"`),
    svgText(plotRight, top - 8, 'more', `text-anchor="end" font-size="11" fill="${softInk}"`),
    ...forestTicks(reach).flatMap((tick) => {
      const x = across(placeOf(tick, reach));
      return [
        svgLine([x, top], [x, bottom], tick === 0 ? softInk : gridLine),
        svgText(x, bottom + 16, tickText(tick), 'text-anchor="middle"'),
      ];
    }),
    svgLine([plotLeft, bottom], [plotRight, bottom], ink),
    svgText((plotLeft + plotRight) / 2, bottom + 34, 'points of top-1 error', 'text-anchor="middle"'),
  ];
}

interface Row {
  y: number;
  height: number;
  reach: number;
}

function rowParts(claim: JudgedClaim, lines: readonly string[], { y, height, reach }: Row): string[] {
  const tone = tones[toneOf(claim.verdict)];
  const first = y + 16;
  const middle = y + height / 2;
  return [
    ...lines.map((line, index) => svgText(margin, first + index * lineHeight, line)),
    svgText(verdictLeft, first, verdictText(claim.verdict), `fill="${tone}" font-weight="bold"`),
    ...markParts(marksOf(claim, reach), { middle, top: y + 3, bottom: y + height - 3, tone }),
    svgText(effectLeft, first, effectText(claim)),
  ];
}

interface Band {
  middle: number;
  top: number;
  bottom: number;
  tone: string;
}

function markParts(marks: ForestMarks, { middle, top: from, bottom, tone }: Band): string[] {
  const { allowed, interval, beyond, paper, effect } = marks;
  return [
    ...(allowed
      ? [
          svgRect(
            across(allowed[0]),
            from,
            { width: across(allowed[1]) - across(allowed[0]), height: bottom - from },
            `fill="${allowedGround}"`,
          ),
          // What is allowed would hide the line of no difference.
          svgLine([across(50), from], [across(50), bottom], softInk),
        ]
      : []),
    ...(interval ? intervalParts(interval, beyond, { middle, tone }) : []),
    ...(paper === null ? [] : [paperMark(across(paper), middle)]),
    ...(effect === null ? [] : [effectMark(across(effect), middle, tone)]),
  ];
}

function intervalParts(
  [from, to]: readonly [number, number],
  beyond: ForestMarks['beyond'],
  { middle, tone }: Pick<Band, 'middle' | 'tone'>,
): string[] {
  const [left, right] = [across(from), across(to)];
  const end = (x: number, isBeyond: boolean, inwards: number) =>
    isBeyond
      ? `<path d="M${n(x)} ${n(middle)}l${8 * inwards} -5v10z" fill="${tone}"/>`
      : svgLine([x, middle - 4], [x, middle + 4], tone, ' stroke-width="2"');
  return [
    svgLine([left, middle], [right, middle], tone, ' stroke-width="2"'),
    end(left, beyond[0], 1),
    end(right, beyond[1], -1),
  ];
}

function paperMark(x: number, y: number): string {
  return `<path d="M${n(x)} ${n(y - 6)}l5 6l-5 6l-5 -6z" fill="#ffffff" stroke="${ink}" stroke-width="1.2"/>`;
}

function effectMark(x: number, y: number, tone: string): string {
  return svgRect(x - 4, y - 4, { width: 8, height: 8 }, `fill="${tone}"`);
}

function keyParts(y: number): string[] {
  const [ours, paper, claimed] = [margin, margin + 200, margin + 310];
  return [
    svgLine([ours, y], [ours + 28, y], softInk, ' stroke-width="2"'),
    effectMark(ours + 14, y, softInk),
    svgText(ours + 36, y + 4, 'ours, 95 % interval'),
    paperMark(paper + 6, y),
    svgText(paper + 18, y + 4, 'the paper’s'),
    svgRect(claimed, y - 7, { width: 24, height: 14 }, `fill="${allowedGround}"`),
    svgText(claimed + 32, y + 4, 'as claimed'),
  ];
}

function captionOf(claims: readonly JudgedClaim[], drawn: readonly JudgedClaim[]): string {
  const measured = drawn.filter(({ effect }) => effect !== null);
  const numbers = (values: readonly (number | null)[]) =>
    [...new Set(values.flatMap((value) => value ?? []))]
      .toSorted((one, other) => one - other)
      .map(countText)
      .join(' or ');
  const images = numbers(measured.map((claim) => claim.images));
  const seeds = numbers(measured.map((claim) => claim.seeds));
  const left = claims.length - drawn.length;
  return [
    'Top-1 error of the first side of a claim less that of the second, in points.',
    ...(measured.length === 0
      ? []
      : [
          `Paired image by image on ${images} validation images, with ${seeds === '1' ? '1 seed' : `${seeds} seeds`};`,
          'verdicts by Holm’s method at 5 % over all claims that were tested.',
        ]),
    ...(left === 0 ? [] : [`${left} more were counted or not run.`]),
  ].join(' ');
}

/** From % of the width of the plot to pixels. */
function across(percent: number): number {
  return plotLeft + (percent / 100) * (plotRight - plotLeft);
}
