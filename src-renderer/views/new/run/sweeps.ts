import type { KeyDescription } from '../../../../src-main/workbench/contract.ts';
import { linesOf, pairsOf } from '../../../shared/settings/keyTexts.ts';

/** A setting that takes several values in turn, as it is written. */
export interface Sweep {
  key: string;
  text: string;
}

/** One run of several: what it sets over the form, by key. */
export type Combination = ReadonlyMap<string, string>;

/** More are hardly meant. */
export const mostRuns = 200;

const range = /^(\S+)\.\.(\S+) in (\d+)$/;
/** From which ratio of its ends a range goes by factors, not by steps. */
const byFactorsFrom = 10;

/**
 * `0.001, 0.01, 0.1` as values; of settings that are lists themselves, `56,64; 64,72`; and `0.0001..0.1 in 4` as so many from end
 * to end: by factors where the ends are a factor of 10 apart, else by equal steps. Null for what is neither.
 */
export function sweepValues(text: string, description: KeyDescription | undefined): string[] | null {
  const [, from, to, count] = range.exec(text.trim()) ?? [];
  if (from !== undefined && to !== undefined && count !== undefined) {
    return rangeValues(Number(from), Number(to), Number(count), description?.range?.integer === true);
  }
  const isList = description?.accepts.has('array') === true;
  const parts = text.split(isList ? ';' : /[,;]/).map((part) => part.trim());
  if (parts.includes('')) return null;
  return [...new Set(parts)];
}

function rangeValues(from: number, to: number, count: number, integer: boolean): string[] | null {
  if (!Number.isFinite(from) || !Number.isFinite(to) || count < 2 || count > mostRuns) return null;
  const byFactors = from > 0 && to > 0 && Math.max(to / from, from / to) >= byFactorsFrom;
  const values = Array.from({ length: count }, (_, index) => {
    const share = index / (count - 1);
    const value = byFactors ? from * (to / from) ** share : from + (to - from) * share;
    return integer ? String(Math.round(value)) : String(Number(value.toPrecision(4)));
  });
  return [...new Set(values)];
}

/** Every combination of the values, the last sweep's changing fastest; a single empty one where there is no sweep. */
export function combinations(sweeps: readonly { key: string; values: readonly string[] }[]): Combination[] {
  return sweeps.reduce<Combination[]>(
    (made, { key, values }) =>
      made.flatMap((combination) => values.map((value) => new Map([...combination, [key, value]]))),
    [new Map()],
  );
}

/** `learningRate 0.01, weightDecay 0`: what distinguishes a run of several. */
export function combinationName(combination: Combination): string {
  return [...combination].map(([key, value]) => `${key.slice(key.lastIndexOf('.') + 1)} ${value}`).join(', ');
}

/** `key=text` a line, for an address, and back. */
export function sweepLines(sweeps: readonly Sweep[]): string {
  return linesOf(sweeps.map(({ key, text }) => [key, text] as const));
}

export function readSweeps(lines: string): Sweep[] {
  return pairsOf(lines).map(([key, text]) => ({ key, text }));
}
