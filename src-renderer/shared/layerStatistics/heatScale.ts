import { figureText } from '../../../src-main/vocabulary/figures.ts';
import { none } from '../../../src-main/vocabulary/none.ts';
import type { LayerMatrix } from '../../../src-main/workbench/contract.ts';
import type { ScaleKind } from './quantities.ts';

type Cell = LayerMatrix['values'][number][number];

/** What a cell is drawn as: a place in the colours, 0–1, or something that has none. */
export type Shade = number | 'nothing' | 'zero' | 'not finite';

/** How many powers of ten a scale with signs shows to each side of 0; what is smaller is as 0. */
const signedDecades = 8;

/** Over what the colours run. Sizes for `signed`, values else. */
export interface HeatScale {
  kind: ScaleKind;
  least: number;
  greatest: number;
}

/** The scale of one or more matrices of the same quantity, so that equal colours mean equal values in all. */
export function heatScale(kind: ScaleKind, matrices: readonly Pick<LayerMatrix, 'values'>[]): HeatScale {
  if (kind === 'share') return { kind, least: 0, greatest: 1 };
  let least = Infinity;
  let greatest = 0;
  for (const { values } of matrices) {
    for (const cell of values.flat()) {
      const size = typeof cell === 'number' ? Math.abs(cell) : 0;
      if (size === 0) continue;
      least = Math.min(least, size);
      greatest = Math.max(greatest, size);
    }
  }
  if (greatest === 0) return { kind, least: 1, greatest: 1 };
  return {
    kind,
    least: kind === 'signed' ? Math.max(least, greatest / 10 ** signedDecades) : least,
    greatest,
  };
}

export function shadeOf(cell: Cell | undefined, { kind, least, greatest }: HeatScale): Shade {
  if (cell === undefined || cell === null) return 'nothing';
  if (typeof cell !== 'number') return 'not finite';
  if (kind === 'share') return cell;
  if (cell === 0 && kind === 'log') return 'zero';
  const size = Math.abs(cell);
  const share = greatest > least ? Math.log(size / least) / Math.log(greatest / least) : size < least ? 0 : 1;
  const within = Math.min(1, Math.max(0, share));
  return kind === 'log' ? within : 0.5 + (Math.sign(cell) * within) / 2;
}

/** What the legend says below the colours: [place 0–1, text]. */
export function scaleTicks({ kind, least, greatest }: HeatScale): { at: number; text: string }[] {
  if (kind === 'share') {
    return [0, 0.5, 1].map((at) => ({ at, text: `${100 * at} %` }));
  }
  if (kind === 'log') {
    if (greatest === least) return [{ at: 1, text: figureText(least) }];
    return [
      { at: 0, text: figureText(least) },
      { at: 0.5, text: figureText(Math.sqrt(least * greatest)) },
      { at: 1, text: figureText(greatest) },
    ];
  }
  return [
    { at: 0, text: figureText(-greatest) },
    { at: 0.5, text: `±${figureText(least)}` },
    { at: 1, text: figureText(greatest) },
  ];
}

/** A cell as a person reads it. */
export function cellText(cell: Cell | undefined, kind: ScaleKind): string {
  if (cell === undefined || cell === null) return none;
  if (typeof cell !== 'number') return figureText(Number(cell));
  return kind === 'share' ? `${(100 * cell).toFixed(1)} %` : figureText(cell);
}
