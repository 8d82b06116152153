import type { KeyDescription } from '../../../../src-main/workbench/contract.ts';
import { overrideOf, pairsOf } from '../../../shared/settings/keyTexts.ts';

/** What every study sets for each of its runs; images and seeds have fields of their own. */
export const keysOfStudies: readonly string[] = [
  'data.dataset',
  'training.seed',
  'initialisation.from',
  'initialisation.layers',
];
/** A study of tables has nets, S and Q from the rows. */
export const keysOfTables: readonly string[] = [
  ...keysOfStudies,
  'network.config',
  'data.trainScale',
  'evaluation.testScales',
];

/** One setting over a preset, as a field shows it. */
export interface SettingRow {
  key: string;
  text: string;
  /** Undefined for a key that there is not. */
  description: KeyDescription | undefined;
}

/** `training.epochs=3` a line as fields. What is no `key=value` yet has none. */
export function settingRows(lines: string, keys: readonly KeyDescription[]): SettingRow[] {
  return pairsOf(lines).map(([name, value]) => {
    const key = name.trim();
    return { key, text: plain(value.trim()), description: keys.find((one) => one.key === key) };
  });
}

/** The lines with another text in a row; with a row more, if there are as many before it. */
export function withRow(
  lines: string,
  { index, key, text }: { index: number; key: string; text: string },
  keys: readonly KeyDescription[],
): string {
  const line = overrideOf(
    key,
    text,
    keys.find((one) => one.key === key),
  );
  const others = rowsOf(lines);
  return [...others.slice(0, index), line, ...others.slice(index + 1)].join('\n');
}

export function withoutRow(lines: string, index: number): string {
  return rowsOf(lines)
    .filter((_, at) => at !== index)
    .join('\n');
}

function rowsOf(lines: string): string[] {
  return pairsOf(lines).map(([key, value]) => `${key}=${value}`);
}

/** A value as a field shows it: without the quotes of YAML, and nothing for null. */
function plain(value: string): string {
  if (value === 'null') return '';
  if (!/^".*"$/.test(value)) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}
