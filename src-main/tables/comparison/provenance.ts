import { comparisonColumnsOf, type ComparisonOptions } from '../../vocabulary/comparisonOptions.ts';
import { boldSentence, intervalText, spreadSentence } from '../cells.ts';
import { unpairedSentence } from '../pairedEffects.ts';
import { isError, spreadOf } from './cellText.ts';
import type { ComparisonRow, ComparisonTable } from './rows.ts';

/** How the numbers were obtained: preset, images, protocol of the errors, what the signs are, what is still missing. */
export function provenance(table: ComparisonTable, options: ComparisonOptions = {}): string[] {
  const { preset, crop, width, dataset } = table.context;
  const rows = rowsOnce(table);
  const ways = new Set(
    rows.flatMap(({ protocol, images }) =>
      protocol === null ? [] : [`Errors: ${protocol}; ${images ?? 0} validation images.`],
    ),
  );
  const missing = rows.filter(({ seeds }) => seeds.length === 0).length;
  return [
    `Preset ${preset}, dataset ${dataset}, crop ${crop}, width ${width}; every run with the same images, epochs and batches.`,
    ...ways,
    ...legend(table, rows, options),
    ...(missing > 0 ? [`${missing} of ${rows.length} runs have no error rate yet.`] : []),
  ];
}

/** Every row of a comparison once: some are in two groups. */
function rowsOnce({ groups }: ComparisonTable): ComparisonRow[] {
  return [...new Map(groups.flatMap(({ rows }) => rows).map((row) => [row.key, row])).values()];
}

/** What the signs are, of those that are there. */
function legend(
  table: ComparisonTable,
  rows: readonly ComparisonRow[],
  options: ComparisonOptions,
): string[] {
  const keys = table.columns.map(({ key }) => key);
  const chosen = comparisonColumnsOf(options, keys);
  const scored = rows.filter(({ seeds }) => seeds.length > 0);
  if (scored.length === 0) return [];
  const effects = table.groups.flatMap((group) => group.rows.flatMap(({ effect }) => effect ?? []));
  const kinds = [...new Set(scored.map(intervalText))];
  return [
    ...(scored.some((row) => keys.some((key) => isError(key) && (spreadOf(row, key, options) ?? 0) > 0))
      ? [spreadSentence(options)]
      : []),
    ...(chosen.has('interval') ? [`95 % beside an error is its interval (${kinds.join('; ')}).`] : []),
    ...(chosen.has('effect') && effects.length > 0
      ? [effectSentence(effects), ...unpairedSentence(effects)]
      : []),
    ...(options.bold === true ? [boldSentence.replace('column', 'column in its group')] : []),
  ];
}

function effectSentence(effects: readonly { seeds: number | null }[]): string {
  const tests = [
    ...(effects.some(({ seeds }) => seeds === 1) ? ["McNemar's exact one"] : []),
    ...(effects.some(({ seeds }) => (seeds ?? 0) > 1) ? ['over seeds and images'] : []),
  ];
  const paired =
    tests.length === 0
      ? ''
      : `, paired image by image, with its 95 % interval and p of that test (${tests.join('; ')})`;
  return `Against the first is top-1 error less that of the group's first run, in points${paired}; * is beyond chance by Holm's method at 5 % over the table.`;
}
