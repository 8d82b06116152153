import { comparesProtocols, netsText } from '../vocabulary/paperTables.ts';
import { differenceText } from '../vocabulary/percentages.ts';
import { shownTrainScale, testScalesText } from '../vocabulary/scales.ts';
import { columnsOf, type TableColumn, type TableOptions } from '../vocabulary/tableOptions.ts';
import { meanText } from '../vocabulary/statistics.ts';
import { printedProtocol, rangeText } from './cells.ts';
import type { Result, ResultRow, ResultTable } from './resultTable.ts';
import { errorOf, spreadOf, type ErrorName } from './spread.ts';

/** A column as printed. A cell of a result that was not run is empty. */
export interface PrintedColumn<Row = ResultRow> {
  head: string;
  /** What stands over it and its neighbours of the same. */
  over?: string;
  /** Columns of texts are aligned left. */
  isText?: boolean;
  text: (row: Row) => string;
  /** Of a column of errors: the number by which the lowest is found. */
  error?: (row: Row) => number | null;
}

/** The columns of a table, in their order. */
export function printedColumns(table: ResultTable, options: TableOptions = {}): PrintedColumn[] {
  return options.layout === 'paper' ? paperColumns(table, options) : listColumns(table, options);
}

function listColumns({ table, context }: ResultTable, options: TableOptions): PrintedColumn[] {
  const chosen = columnsOf(options);
  const beside = besideColumns(options);
  const difference = (name: ErrorName) =>
    context.ilsvrc ? only(chosen, 'difference', differenceColumn(name, options)) : [];
  return [
    { head: 'Config', isText: true, text: ({ paper }) => netsText(paper) },
    { head: 'S', isText: true, text: ({ trainScale }) => shownTrainScale(trainScale) },
    { head: 'Q', isText: true, text: ({ testScales }) => testScalesText(testScales) },
    ...(comparesProtocols(table) ? [evaluationColumn('Evaluation')] : []),
    ...only(chosen, 'paper', paperColumn('top1', 'Paper top-1')),
    errorColumn('top1', 'Top-1', options),
    ...only(chosen, 'interval', intervalColumn('top1', options)),
    ...difference('top1'),
    ...only(chosen, 'effect', beside.effect),
    ...(chosen.has('effect') ? only(chosen, 'paper', beside.paperEffect) : []),
    ...(context.ilsvrc ? [] : only(chosen, 'rank', beside.rank)),
    ...(context.ilsvrc || !chosen.has('rank') ? [] : only(chosen, 'paper', beside.paperRank)),
    ...only(chosen, 'paper', paperColumn('top5', 'Paper top-5')),
    errorColumn('top5', 'Top-5', options),
    ...only(chosen, 'interval', intervalColumn('top5', options)),
    ...difference('top5'),
    ...only(chosen, 'seeds', beside.seeds),
    ...only(chosen, 'converged', beside.converged),
  ];
}

/** Tables 3 to 6 have the same heads in the paper, but for the column in which their rows differ. */
function paperColumns({ table, context }: ResultTable, options: TableOptions): PrintedColumn[] {
  const chosen = columnsOf(options);
  const beside = besideColumns(options);
  const side = 'smallest image side';
  const errors = (['top1', 'top5'] as const).flatMap((name): PrintedColumn[] => {
    const head = name === 'top1' ? 'top-1 val. error (%)' : 'top-5 val. error (%)';
    const others = [
      ...only(chosen, 'paper', paperColumn(name, 'paper')),
      ...only(chosen, 'interval', intervalColumn(name, options)),
      ...(context.ilsvrc ? only(chosen, 'difference', differenceColumn(name, options)) : []),
    ];
    return others.length === 0
      ? [errorColumn(name, head, options)]
      : [errorColumn(name, 'ours', options), ...others].map((column) => ({ ...column, over: head }));
  });
  return [
    { head: 'ConvNet config.', isText: true, text: ({ paper }) => netsText(paper) },
    ...(comparesProtocols(table)
      ? [evaluationColumn('evaluation method')]
      : [
          {
            head: 'train (S)',
            over: side,
            isText: true,
            text: ({ trainScale }: ResultRow) =>
              typeof trainScale === 'number' ? String(trainScale) : `[${trainScale.join(';')}]`,
          },
          {
            head: 'test (Q)',
            over: side,
            isText: true,
            text: ({ testScales }: ResultRow) => testScalesText(testScales),
          },
        ]),
    ...errors,
    ...only(chosen, 'effect', beside.effect),
    ...(context.ilsvrc ? [] : only(chosen, 'rank', beside.rank)),
    ...only(chosen, 'seeds', beside.seeds),
    ...only(chosen, 'converged', beside.converged),
  ];
}

function only(
  chosen: ReadonlySet<TableColumn>,
  name: TableColumn,
  ...columns: PrintedColumn[]
): PrintedColumn[] {
  return chosen.has(name) ? columns : [];
}

/** A text of a result, nothing where there is none. */
function ofResult(text: (result: Result, row: ResultRow) => string): PrintedColumn['text'] {
  return (row) => (row.result === null ? '' : text(row.result, row));
}

function evaluationColumn(head: string): PrintedColumn {
  return { head, isText: true, text: ({ paper }) => printedProtocol(paper.protocol) };
}

function errorColumn(name: ErrorName, head: string, { decimals = 2, spread }: TableOptions): PrintedColumn {
  return {
    head,
    text: ofResult((result) =>
      meanText({ mean: errorOf(result, name), deviation: spreadOf(result, name, spread) }, (value) =>
        value.toFixed(decimals),
      ),
    ),
    error: ({ result }) => result && errorOf(result, name),
  };
}

function paperColumn(name: ErrorName, head: string): PrintedColumn {
  return {
    head,
    text: ({ paper }) => paper[`${name}Error`].toFixed(1),
    error: ({ paper }) => paper[`${name}Error`],
  };
}

function intervalColumn(name: ErrorName, { decimals }: TableOptions): PrintedColumn {
  return { head: '95 %', text: ofResult((result) => rangeText(result[`${name}Interval`], decimals)) };
}

function differenceColumn(name: ErrorName, { decimals }: TableOptions): PrintedColumn {
  return {
    head: 'Difference',
    text: ofResult((result, { paper }) =>
      differenceText(errorOf(result, name) - paper[`${name}Error`], decimals),
    ),
  };
}

function besideColumns({ decimals }: TableOptions) {
  const rank = (place: number | null) => (place === null ? '' : String(place));
  return {
    effect: {
      head: 'Effect',
      // With a star where it is beyond chance.
      text: ({ effect }) =>
        effect === null
          ? ''
          : `${differenceText(effect.points, decimals)}${effect.beyondChance === true ? '*' : ''}`,
    },
    paperEffect: {
      head: 'Paper effect',
      text: ({ paperEffect }) => (paperEffect === null ? '' : differenceText(paperEffect, 1)),
    },
    rank: { head: 'Rank', text: (row) => rank(row.rank) },
    paperRank: { head: 'Paper rank', text: (row) => rank(row.paperRank) },
    seeds: { head: 'Seeds', text: ofResult(({ seeds }) => String(seeds.length)) },
    converged: { head: 'Converged', isText: true, text: ofResult(({ converged }) => converged ?? '') },
  } satisfies Record<string, PrintedColumn>;
}
