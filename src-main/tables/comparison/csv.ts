import { stringify } from 'csv-stringify/sync';
import { plainCell } from '../../vocabulary/csvText.ts';
import type { ComparisonGroup, ComparisonRow, ComparisonTable } from './rows.ts';

/** The comparison as CSV, one line for each run of each group, unrounded; unknown values are empty. */
export function comparisonToCsv(table: ComparisonTable): string {
  return stringify(
    table.groups.flatMap((group) => group.rows.map((row) => record(table, group, row))),
    { header: true, cast: { string: plainCell } },
  );
}

function record(
  { name, columns, context, notes }: ComparisonTable,
  group: ComparisonGroup,
  row: ComparisonRow,
) {
  const values = columns.flatMap(({ key }, index): [string, number | string | null][] => {
    const cell = row.cells[index];
    if (key === 'outcome') return [[key, cell?.text ?? null]];
    return [
      [key, cell?.mean ?? null],
      [`${key}_deviation`, cell?.deviation ?? null],
    ];
  });
  return {
    study: name,
    group: group.title,
    run: row.key,
    label: row.label,
    ...Object.fromEntries(values),
    converged: row.converged,
    seeds: row.seeds.length,
    protocol: row.protocol,
    images: row.images,
    dataset: context.dataset,
    preset: context.preset,
    crop: context.crop,
    width: context.width,
    note: notes.join('; '),
  };
}
