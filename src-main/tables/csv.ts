import { stringify } from 'csv-stringify/sync';
import { plainCell } from '../vocabulary/csvText.ts';
import { netsOf } from '../vocabulary/paperTables.ts';
import { testScalesText, trainScaleText } from '../vocabulary/scales.ts';
import { columnsOf, type TableColumn, type TableOptions } from '../vocabulary/tableOptions.ts';
import { intervalText } from './cells.ts';
import type { ResultRow, ResultTable } from './resultTable.ts';
import { spreadOf, type ErrorName } from './spread.ts';

/**
 * The table as CSV, a header line and one line per row, one number a cell. Errors in %; results that were not run are empty.
 *
 * @param options only what is asked for is changed; a standard error over images has columns of its own
 */
export function tableToCsv(table: ResultTable, options: TableOptions = {}): string {
  const rows = options.onlyRun === true ? table.rows.filter(({ result }) => result !== null) : table.rows;
  const columns = columnsOf({ columns: options.columns });
  const records = rows.map((row) => {
    const all = Object.entries(record(table, row, options));
    return Object.fromEntries(all.filter(([name]) => isChosen(name, columns)));
  });
  return stringify(records, { header: true, cast: { string: plainCell } });
}

/** Which choice of a reader a column belongs to, by its name; the first that fits. */
const choices: readonly [RegExp, TableColumn][] = [
  [/_difference$/, 'difference'],
  [/^top\d_(low|high)$|^interval$/, 'interval'],
  [/^(reference|effect.*|paper_effect)$/, 'effect'],
  [/^(paper_)?rank$/, 'rank'],
  [/^paper_/, 'paper'],
  [/^seeds$/, 'seeds'],
  [/^converged$/, 'converged'],
  [/^note$/, 'note'],
];

function isChosen(name: string, columns: ReadonlySet<TableColumn>): boolean {
  const [, choice] = choices.find(([pattern]) => pattern.test(name)) ?? [];
  return choice === undefined || columns.has(choice);
}

function record(table: ResultTable, row: ResultRow, options: TableOptions) {
  const { context } = table;
  const { paper, trainScale, testScales, result, effect } = row;
  const decimals = (value: number | null | undefined) => decimalText(value, options.decimals);
  return {
    config: netsOf(paper).join('+'),
    train_scale: trainScaleText(trainScale),
    test_scale: testScalesText(testScales),
    top1_error: decimals(result?.top1Error),
    top5_error: decimals(result?.top5Error),
    paper_top1_error: paper.top1Error.toFixed(1),
    paper_top5_error: paper.top5Error.toFixed(1),
    paper_train_scale: trainScaleText(paper.trainScale),
    paper_test_scale: testScalesText(paper.testScales),
    paper_protocol: paper.protocol,
    // Of other images the difference to the paper says nothing.
    top1_difference: result && context.ilsvrc ? decimals(result.top1Error - paper.top1Error) : null,
    top5_difference: result && context.ilsvrc ? decimals(result.top5Error - paper.top5Error) : null,
    ...spreadCells(row, options, decimals),
    top1_low: decimals(result?.top1Interval.low),
    top1_high: decimals(result?.top1Interval.high),
    top5_low: decimals(result?.top5Interval.low),
    top5_high: decimals(result?.top5Interval.high),
    interval: result && intervalText(result),
    reference: row.reference,
    effect: decimals(effect?.points),
    effect_low: decimals(effect?.low),
    effect_high: decimals(effect?.high),
    effect_p: probability(effect?.pValue),
    effect_p_adjusted: probability(effect?.pAdjusted),
    paper_effect: decimalText(row.paperEffect, undefined),
    rank: row.rank,
    paper_rank: row.paperRank,
    seeds: result?.seeds.length ?? 0,
    converged: result?.converged,
    protocol: result?.protocol,
    images: result?.images,
    dataset: result?.dataset ?? context.dataset,
    preset: context.preset,
    crop: context.crop,
    width: context.width,
    note: table.notes.join('; '),
  };
}

function spreadCells(
  { result }: ResultRow,
  { spread = 'seeds' }: TableOptions,
  decimals: (value: number | null) => string | null,
): Record<string, string | null> {
  if (spread === 'none') return {};
  const of = (name: ErrorName) => decimals(result && spreadOf(result, name, spread));
  const [top1, top5] = [of('top1'), of('top5')];
  return spread === 'images'
    ? { top1_standard_error: top1, top5_standard_error: top5 }
    : { top1_deviation: top1, top5_deviation: top5 };
}

export function probability(p: number | null | undefined): string | null {
  return p === null || p === undefined ? null : String(Number(p.toPrecision(4)));
}

/** As many as asked for; 50,000 images resolve 0.002 %: four decimals lose nothing. */
export function decimalText(value: number | null | undefined, decimals: number | undefined): string | null {
  if (value === null || value === undefined) return null;
  return decimals === undefined ? String(Number(value.toFixed(4))) : value.toFixed(decimals);
}
