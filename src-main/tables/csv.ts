import { stringify } from 'csv-stringify/sync';
import { plainCell } from '../vocabulary/csvText.ts';
import { netsOf } from '../vocabulary/paperTables.ts';
import { testScalesText, trainScaleText } from '../vocabulary/scales.ts';
import type { ResultRow, ResultTable } from './resultTable.ts';

/** The table as CSV, a header line and one line per row. Errors in %; results that were not run are empty. */
export function tableToCsv(table: ResultTable): string {
  return stringify(
    table.rows.map((row) => record(table, row)),
    { header: true, cast: { string: plainCell } },
  );
}

function record(table: ResultTable, { paper, trainScale, testScales, result }: ResultRow) {
  const { context } = table;
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
    top1_difference: result && decimals(result.top1Error - paper.top1Error),
    top5_difference: result && decimals(result.top5Error - paper.top5Error),
    top1_deviation: decimals(result?.top1Deviation),
    top5_deviation: decimals(result?.top5Deviation),
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

/** 50,000 images resolve 0.002 %: four decimals lose nothing. */
function decimals(value: number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(Number(value.toFixed(4)));
}
