import { z } from 'zod';

/** What stands in a table beside the net, its scales and our errors. */
export const tableColumns = {
  paper: 'the paper’s numbers',
  interval: '95 % intervals',
  difference: 'differences from the paper’s errors, on its images',
  effect: 'effects against the row of reference',
  rank: 'ranks, on other images than the paper’s',
  seeds: 'how many seeds',
  converged: 'how the trainings ended',
  note: 'what a reader must know before comparing',
} as const;
export type TableColumn = keyof typeof tableColumns;
export const tableColumnNames = Object.keys(tableColumns) as TableColumn[];

/** `paper` is the paper’s own: nets over their scales, errors beside the paper’s, and nothing else unless asked for. */
export const tableLayouts = ['list', 'paper'] as const;

/** What stands after ±: the standard deviation over seeds, the standard error over images, nothing. */
export const spreads = ['seeds', 'images', 'none'] as const;

/** How the numbers of any table of errors are written. */
export const writingOptions = {
  /** Of our errors and all that is reckoned from them; the paper’s have one. */
  decimals: z.int().min(0).max(4).optional(),
  spread: z.enum(spreads).optional(),
  /** Sets the lowest error of a column in bold. */
  bold: z.boolean().optional(),
  /** Leaves out the rows that were not run. */
  onlyRun: z.boolean().optional(),
} as const;

/** How a table is written; what is not given is as it always was. Layout and bold have no meaning in CSV. */
export const tableOptionsSchema = z.strictObject({
  layout: z.enum(tableLayouts).optional(),
  columns: z.array(z.enum(tableColumnNames)).optional(),
  ...writingOptions,
});
export type TableOptions = z.infer<typeof tableOptionsSchema>;

/** The columns of a layout, if none are chosen. */
export function columnsOf({ columns, layout = 'list' }: TableOptions): ReadonlySet<TableColumn> {
  return new Set(columns ?? (layout === 'paper' ? ['paper', 'note'] : tableColumnNames));
}
