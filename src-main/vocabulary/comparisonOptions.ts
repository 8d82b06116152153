import { z } from 'zod';
import { columnKeys, columns, type ColumnKey } from './comparisonColumns.ts';
import { writingOptions } from './tableOptions.ts';

/** What stands in the table of a comparison beside the quantities that answer its question. */
export const besideColumns = {
  interval: '95 % intervals of the errors',
  effect: 'differences from the first of the group, paired image by image',
  converged: 'how the trainings ended',
  seeds: 'how many seeds',
  note: 'what a reader must know before comparing',
} as const;
export type BesideColumn = keyof typeof besideColumns;
export const besideColumnNames = Object.keys(besideColumns) as BesideColumn[];

export type ComparisonColumn = ColumnKey | BesideColumn;
export const comparisonColumnNames: readonly ComparisonColumn[] = [...columnKeys, ...besideColumnNames];

const titles = new Map<ComparisonColumn, string>([
  ...columnKeys.map((key) => [key, columns[key].head] as const),
  ...besideColumnNames.map((name) => [name, besideColumns[name]] as const),
]);

/** What a column is called where it is chosen. */
export function comparisonColumnTitle(name: ComparisonColumn): string {
  return titles.get(name) ?? name;
}

/** How the table of a comparison is written; what is not given is as it always was. Bold has no meaning in CSV. */
export const comparisonOptionsSchema = z.strictObject({
  columns: z.array(z.enum(comparisonColumnNames)).optional(),
  ...writingOptions,
});
export type ComparisonOptions = z.infer<typeof comparisonOptionsSchema>;

/** The chosen columns, by default what the comparison itself asks for and all beside it but the intervals. */
export function comparisonColumnsOf(
  { columns }: ComparisonOptions,
  own: readonly ColumnKey[],
): ReadonlySet<ComparisonColumn> {
  return new Set(columns ?? [...own, 'effect', 'converged', 'seeds', 'note']);
}
