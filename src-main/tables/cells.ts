import { formatTestScales, formatTrainScale } from '../configuration/scales.ts';
import type { ResultRow, ResultTable } from './resultTable.ts';

/** The head of the printed table. S and Q are in pixels at our crop, errors in %. */
export const heads = [
  'Config',
  'S',
  'Q',
  'Paper top-1',
  'Top-1',
  'Difference',
  'Paper top-5',
  'Top-5',
  'Difference',
  'Seeds',
] as const;

/** One printed row, a text for each of {@link heads}; what was not run is empty. */
export function cells({ paper, trainScale, testScales, result }: ResultRow): string[] {
  return [
    paper.config,
    formatTrainScale(trainScale),
    formatTestScales(testScales),
    paper.top1Error.toFixed(1),
    result === null ? '' : withDeviation(result.top1Error, result.top1Deviation),
    result === null ? '' : signed(result.top1Error - paper.top1Error),
    paper.top5Error.toFixed(1),
    result === null ? '' : withDeviation(result.top5Error, result.top5Deviation),
    result === null ? '' : signed(result.top5Error - paper.top5Error),
    result === null ? '' : String(result.seeds.length),
  ];
}

export function title(table: ResultTable): string {
  return table.table === 3
    ? 'Table 3: single test scale, top-1 and top-5 validation error (%)'
    : 'Table 4: multiple test scales, top-1 and top-5 validation error (%)';
}

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

function withDeviation(mean: number, deviation: number | null): string {
  return deviation === null ? mean.toFixed(2) : `${mean.toFixed(2)} ± ${deviation.toFixed(2)}`;
}

function signed(difference: number): string {
  const rounded = Number(difference.toFixed(2));
  return `${rounded < 0 ? '−' : '+'}${Math.abs(rounded).toFixed(2)}`;
}
