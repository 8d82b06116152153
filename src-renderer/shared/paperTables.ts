import type { TableNumber } from '../../src-main/vocabulary/paperTables.ts';

/** The tables that a study can fill. */
export const paperTables: readonly { number: TableNumber; title: string; text: string }[] = [
  { number: 3, title: 'Table 3', text: 'a single test scale' },
  { number: 4, title: 'Table 4', text: 'several test scales' },
  { number: 5, title: 'Table 5', text: 'dense and multi-crop' },
  { number: 6, title: 'Table 6', text: 'nets fused' },
];

/** As links or buttons beside one another. */
export const tableOptions = paperTables.map(({ number, title, text }) => ({
  value: String(number),
  title,
  detail: text,
}));

/** What an address names; Table 3 for anything else. */
export function tableNumber(text: string | undefined | null): TableNumber {
  return paperTables.find(({ number }) => String(number) === text)?.number ?? 3;
}
