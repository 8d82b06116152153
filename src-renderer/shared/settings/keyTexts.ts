import { followingKeys } from '../../../src-main/vocabulary/followingKeys.ts';
import { trainScaleText } from '../../../src-main/vocabulary/scales.ts';
import { valueAt } from '../../../src-main/vocabulary/valueAt.ts';
import type { KeyDescription, RunConfig } from '../../../src-main/workbench/contract.ts';

/** A value as a person writes it: `56,64,72`, S from a range as `256-512`, nothing for null. */
export function textOf(key: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    return key === 'data.trainScale' ? trainScaleText(value.map(Number)) : value.map(String).join(',');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const measured: ReadonlySet<string> = new Set(['data.mean', 'data.deviation']);

/** A text as a field shows it: of numbers that were measured, no more decimals than a person reads. */
export function shownText(key: string, text: string): string {
  const numbers = text.split(',');
  if (!measured.has(key) || numbers.some((each) => !/^\s*\d+(\.\d+)?\s*$/.test(each))) return text;
  return numbers.map((each) => shortNumber(Number(each))).join(',');
}

/** `72.94`, `0.229`: two decimals, of what is below 1 three figures. */
export function shortNumber(value: number): string {
  return String(Number(Math.abs(value) < 1 ? value.toPrecision(3) : value.toFixed(2)));
}

/** Whether a text says something else than the configuration beneath it. */
export function isChange(key: string, text: string, base: RunConfig | null | undefined): boolean {
  return followingKeys.includes(key) || text.trim() !== textOf(key, valueAt(base, key));
}

/** What was written in a field as `key=value`; an empty field is null where that is allowed. */
export function overrideOf(key: string, text: string, description: KeyDescription | undefined): string {
  const value = text.trim();
  if (value === '') return `${key}=${description?.nullable ? 'null' : ''}`;
  // YAML would take the rest of `a #b` for a comment.
  const isPlain = !description?.accepts.has('string') || /^[\w./\\:~ -]+$/.test(value);
  return `${key}=${isPlain ? value : JSON.stringify(value)}`;
}

/** All in which a configuration differs from another, by key. */
export function differences(
  keys: readonly KeyDescription[],
  config: RunConfig,
  base: RunConfig | null | undefined,
): Map<string, string> {
  return new Map(
    keys
      .map(({ key }) => [key, textOf(key, valueAt(config, key))] as const)
      .filter(([key, text]) => text !== textOf(key, valueAt(base, key))),
  );
}

/** Texts by key as lines for an address, and back. */
export function linesOf(texts: Iterable<readonly [key: string, text: string]>): string {
  return [...texts].map(([key, text]) => `${key}=${text}`).join('\n');
}

export function textsOf(lines: string): Map<string, string> {
  return new Map(pairsOf(lines));
}

/** As {@link textsOf}, where a key may be there more than once. */
export function pairsOf(lines: string): [key: string, text: string][] {
  return lines
    .split('\n')
    .filter((line) => line.indexOf('=') > 0)
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
}
