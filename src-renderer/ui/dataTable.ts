/** A column of a table whose columns are data. */
export interface Column<Row> {
  title: string;
  /** Below the title, small. */
  unit?: string;
  /** What the column means; shown on hover. */
  meaning?: string | undefined;
  /** Flush right. */
  isNumber?: boolean;
  /** Whether its cells name their rows. */
  isName?: boolean;
  text: (row: Row) => string;
  /** Where the cell leads to. */
  href?: (row: Row) => string | undefined;
  tone?: (row: Row) => 'good' | 'warn' | 'bad' | 'soft' | 'strong' | undefined;
}

/** Titles and texts, to be copied. */
export function cellTexts<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[][] {
  return [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ text }) => text(row)))];
}
