import type { Interval } from '../statistics/intervals.ts';
import { referenceText, type TableNumber } from '../vocabulary/paperTables.ts';
import type { Protocol } from '../vocabulary/protocols.ts';
import { columnsOf, type TableOptions } from '../vocabulary/tableOptions.ts';
import { pairedBy, unpairedSentence } from './pairedEffects.ts';
import type { Result, ResultTable } from './resultTable.ts';
import { spreadOf } from './spread.ts';

/** As the paper calls it: `multi-crop & dense` */
export function printedProtocol(protocol: Protocol): string {
  return protocol === 'multi-crop+dense' ? 'multi-crop & dense' : protocol;
}

/** `18.07–21.55` */
export function rangeText({ low, high }: Interval, decimals = 2): string {
  return `${low.toFixed(decimals)}–${high.toFixed(decimals)}`;
}

/** What an interval is over. */
export function intervalText({ seeds }: Pick<Result, 'seeds'>): string {
  return seeds.length === 1 ? 'Wilson, over images' : 'Student, over seeds';
}

export function title(table: ResultTable): string {
  return `Table ${table.table}: ${subjects[table.table]}, top-1 and top-5 validation error (%)`;
}

export const subjects = {
  3: 'single test scale',
  4: 'multiple test scales',
  5: 'dense and multi-crop evaluation',
  6: 'fusion of nets',
} as const satisfies Record<TableNumber, string>;

/** What the numbers are: protocol, images, dataset, preset. One sentence for each way that a row was evaluated. */
export function provenance(table: ResultTable, options: TableOptions = {}): string[] {
  const { preset, crop, width, dataset } = table.context;
  const ways = new Set(
    table.rows.flatMap(({ result }) =>
      result === null
        ? []
        : [`Evaluation: ${result.protocol}; ${result.images} validation images of ${result.dataset}.`],
    ),
  );
  return [
    `Preset ${preset}, dataset ${dataset}, crop ${crop}, width ${width}.`,
    ...ways,
    ...legend(table, options),
    ...missingText(table),
  ];
}

export function missingText({ rows }: ResultTable): string[] {
  const missing = rows.filter(({ result }) => result === null).length;
  return missing > 0 ? [`${missing} of ${rows.length} rows were not run.`] : [];
}

/** What the signs, the intervals and the effects are, of those that are there. */
export function legend({ table, rows }: ResultTable, options: TableOptions): string[] {
  const results = rows.flatMap(({ result }) => result ?? []);
  if (results.length === 0) return [];
  const columns = columnsOf(options);
  const kinds = [...new Set(results.map(intervalText))];
  const effects = rows.map(({ effect }) => effect);
  return [
    ...(results.some((result) => spreadOf(result, 'top1', options.spread) !== null)
      ? [spreadSentence(options)]
      : []),
    ...(columns.has('interval') ? [`95 % is the interval of the error (${kinds.join('; ')}).`] : []),
    ...(columns.has('effect')
      ? [
          `An effect is top-1 error less that of ${referenceText(table)}, in points; * is beyond chance, ${pairedBy(effects)}, by Holm's method at 5 % over the table.`,
          ...unpairedSentence(effects),
        ]
      : []),
    ...(options.bold === true ? [boldSentence] : []),
  ];
}

export function spreadSentence({ spread }: Pick<TableOptions, 'spread'>): string {
  return `± is the standard ${spread === 'images' ? 'error over images' : 'deviation over seeds'}.`;
}

export const boldSentence = 'The lowest error of a column is bold.';
