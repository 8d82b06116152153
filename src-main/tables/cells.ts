import { comparesProtocols, netsText, type TableNumber } from '../vocabulary/paperTables.ts';
import { differenceText } from '../vocabulary/percentages.ts';
import { testScalesText, trainScaleText } from '../vocabulary/scales.ts';
import { meanText } from '../vocabulary/statistics.ts';
import type { ResultRow, ResultTable } from './resultTable.ts';

/** The head of the printed table. S and Q are in pixels at our crop, errors in %. */
export function heads({ table }: ResultTable): string[] {
  return [
    ...['Config', 'S', 'Q', ...(comparesProtocols(table) ? ['Evaluation'] : [])],
    ...['Paper top-1', 'Top-1', 'Difference', 'Paper top-5', 'Top-5', 'Difference', 'Seeds', 'Converged'],
  ];
}

/** Whether a column holds texts: those before the numbers, and how the trainings ended. */
export function isText(table: ResultTable, column: number): boolean {
  return column < (comparesProtocols(table.table) ? 4 : 3) || column === heads(table).length - 1;
}

/** One printed row, a text for each of {@link heads}; results that were not run are empty. */
export function cells({ table }: ResultTable, row: ResultRow): string[] {
  const { paper, trainScale, testScales, result } = row;
  return [
    netsText(paper),
    trainScaleText(trainScale),
    testScalesText(testScales),
    ...(comparesProtocols(table) ? [paper.protocol] : []),
    paper.top1Error.toFixed(1),
    result === null ? '' : meanText({ mean: result.top1Error, deviation: result.top1Deviation }),
    result === null ? '' : differenceText(result.top1Error - paper.top1Error),
    paper.top5Error.toFixed(1),
    result === null ? '' : meanText({ mean: result.top5Error, deviation: result.top5Deviation }),
    result === null ? '' : differenceText(result.top5Error - paper.top5Error),
    result === null ? '' : String(result.seeds.length),
    result?.converged ?? '',
  ];
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
    ...(missing > 0 ? [`${missing} of ${table.rows.length} rows were not run.`] : []),
  ];
}
