import { stringify } from 'csv-stringify/sync';
import { plainCell } from '../vocabulary/csvText.ts';
import { netsOf } from '../vocabulary/paperTables.ts';
import { testScalesText, trainScaleText } from '../vocabulary/scales.ts';
import { intervalText } from './cells.ts';
import type { ResultRow, ResultTable } from './resultTable.ts';

/** The table as CSV, a header line and one line per row. Errors in %; results that were not run are empty. */
export function tableToCsv(table: ResultTable): string {
  return stringify(
    table.rows.map((row) => record(table, row)),
    { header: true, cast: { string: plainCell } },
  );
}

function record(table: ResultTable, row: ResultRow) {
  const { context } = table;
  const { paper, trainScale, testScales, result, effect } = row;
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
    top1_deviation: decimals(result?.top1Deviation),
    top5_deviation: decimals(result?.top5Deviation),
    top1_low: decimals(result?.top1Interval.low),
    top1_high: decimals(result?.top1Interval.high),
    top5_low: decimals(result?.top5Interval.low),
    top5_high: decimals(result?.top5Interval.high),
    interval: result && intervalText(result),
    reference: row.reference,
    effect: decimals(effect?.points),
    effect_low: decimals(effect?.low),
    effect_high: decimals(effect?.high),
    effect_p: effect?.pValue == null ? null : String(Number(effect.pValue.toPrecision(4))),
    paper_effect: decimals(row.paperEffect),
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

/** 50,000 images resolve 0.002 %: four decimals lose nothing. */
function decimals(value: number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(Number(value.toFixed(4)));
}
