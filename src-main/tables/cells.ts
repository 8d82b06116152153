import type { Interval } from '../statistics/intervals.ts';
import { comparesProtocols, netsText, referenceText, type TableNumber } from '../vocabulary/paperTables.ts';
import { differenceText } from '../vocabulary/percentages.ts';
import { testScalesText, trainScaleText } from '../vocabulary/scales.ts';
import { meanText } from '../vocabulary/statistics.ts';
import type { RowEffect } from './effects.ts';
import type { Result, ResultRow, ResultTable } from './resultTable.ts';

/**
 * The head of the printed table. S and Q are in pixels at our crop, errors in %. Only on ILSVRC a difference to the paper
 * says anything; elsewhere rank and effect stand beside the paper's.
 */
export function heads({ table, context }: ResultTable): string[] {
  const difference = context.ilsvrc ? ['Difference'] : [];
  return [
    ...['Config', 'S', 'Q', ...(comparesProtocols(table) ? ['Evaluation'] : [])],
    ...['Paper top-1', 'Top-1', '95 %', ...difference, 'Effect', 'Paper effect'],
    ...(context.ilsvrc ? [] : ['Rank', 'Paper rank']),
    ...['Paper top-5', 'Top-5', '95 %', ...difference, 'Seeds', 'Converged'],
  ];
}

/** Whether a column holds texts: those before the numbers, and how the trainings ended. */
export function isText(table: ResultTable, column: number): boolean {
  return column < (comparesProtocols(table.table) ? 4 : 3) || column === heads(table).length - 1;
}

/** One printed row, a text for each of {@link heads}; results that were not run are empty. */
export function cells({ table, context }: ResultTable, row: ResultRow): string[] {
  const { paper, trainScale, testScales, result } = row;
  const rank = (place: number | null) => (place === null ? '' : String(place));
  return [
    netsText(paper),
    trainScaleText(trainScale),
    testScalesText(testScales),
    ...(comparesProtocols(table) ? [paper.protocol] : []),
    paper.top1Error.toFixed(1),
    ...(result === null
      ? ['', '', ...(context.ilsvrc ? [''] : [])]
      : [
          meanText({ mean: result.top1Error, deviation: result.top1Deviation }),
          rangeText(result.top1Interval),
          ...(context.ilsvrc ? [differenceText(result.top1Error - paper.top1Error)] : []),
        ]),
    effectCell(row.effect),
    row.paperEffect === null ? '' : oneDecimal(row.paperEffect),
    ...(context.ilsvrc ? [] : [rank(row.rank), rank(row.paperRank)]),
    paper.top5Error.toFixed(1),
    ...(result === null
      ? ['', '', ...(context.ilsvrc ? [''] : [])]
      : [
          meanText({ mean: result.top5Error, deviation: result.top5Deviation }),
          rangeText(result.top5Interval),
          ...(context.ilsvrc ? [differenceText(result.top5Error - paper.top5Error)] : []),
        ]),
    result === null ? '' : String(result.seeds.length),
    result?.converged ?? '',
  ];
}

/** `+1.85`, with a star where it is beyond chance. */
function effectCell(effect: RowEffect | null): string {
  if (effect === null) return '';
  return `${differenceText(effect.points)}${effect.beyondChance === true ? '*' : ''}`;
}

/** With as many decimals as the paper has. */
function oneDecimal(points: number): string {
  return differenceText(points).slice(0, -1);
}

/** `18.07–21.55` */
export function rangeText({ low, high }: Interval): string {
  return `${low.toFixed(2)}–${high.toFixed(2)}`;
}

/** What an interval is over. */
export function intervalText({ seeds }: Pick<Result, 'seeds'>): string {
  return seeds.length === 1 ? 'Wilson, over images' : 'Student, over seeds';
}

export function title(table: ResultTable): string {
  return `Table ${table.table}: ${subjects[table.table]}, top-1 and top-5 validation error (%)`;
}

const subjects = {
  3: 'single test scale',
  4: 'multiple test scales',
  5: 'dense and multi-crop evaluation',
  6: 'fusion of nets',
} as const satisfies Record<TableNumber, string>;

/** What the numbers are: protocol, images, dataset, preset. One sentence for each way that a row was evaluated. */
export function provenance(table: ResultTable): string[] {
  const { preset, crop, width, dataset } = table.context;
  const ways = new Set(
    table.rows.flatMap(({ result }) =>
      result === null
        ? []
        : [`Evaluation: ${result.protocol}; ${result.images} validation images of ${result.dataset}.`],
    ),
  );
  const missing = table.rows.filter(({ result }) => result === null).length;
  return [
    `Preset ${preset}, dataset ${dataset}, crop ${crop}, width ${width}.`,
    ...ways,
    ...intervalNotes(table),
    ...(missing > 0 ? [`${missing} of ${table.rows.length} rows were not run.`] : []),
  ];
}

/** What the intervals and the effects are, of those that are there. */
function intervalNotes({ table, rows }: ResultTable): string[] {
  const results = rows.flatMap(({ result }) => result ?? []);
  if (results.length === 0) return [];
  const kinds = [...new Set(results.map(intervalText))];
  return [
    `95 %: interval of the error (${kinds.join('; ')}).`,
    `Effect: points of top-1 error more than ${referenceText(table)}; * beyond chance, paired image by image, by Holm's method at 5 % over the table.`,
  ];
}
