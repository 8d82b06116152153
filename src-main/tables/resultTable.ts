import { WorkbenchError } from '../foundation/errors.ts';
import type { Configuration } from '../vocabulary/configurations.ts';
import { convergencesText, type Convergence } from '../vocabulary/convergence.ts';
import type { ErrorRates } from '../vocabulary/errorRates.ts';
import type { EvaluationResult } from '../vocabulary/evaluations.ts';
import { protocolText, type Protocol } from '../vocabulary/protocols.ts';
import { protocolGap, protocolGapText, widthOf } from '../vocabulary/protocolGap.ts';
import { sameScales, shownTrainScale, type TrainScale } from '../vocabulary/scales.ts';
import { meanAndDeviation } from '../vocabulary/statistics.ts';
import type { Interval } from '../statistics/intervals.ts';
import type { Outcome } from '../statistics/outcome.ts';
import { effectsOf, ranksOf, referenceOf } from './effects.ts';
import { intervalOf } from './interval.ts';
import { comparabilityNotes } from './notes.ts';
import type { TableContext } from './notes.ts';
import type { RowEffect } from './pairedEffects.ts';
import { comparesProtocols, netsOf, paperTable } from '../vocabulary/paperTables.ts';
import type { TableNumber, TableRow } from '../vocabulary/paperTables.ts';
import { rowScales } from './scales.ts';

/** One of our evaluations, in the form a table needs. Scales in pixels at our crop, errors in %. */
export interface TableEvaluation extends EvaluationResult {
  checkpoint: string;
  /** The net, or the nets whose posteriors were averaged. */
  configs: readonly Configuration[];
  trainScale: TrainScale;
  seed: number;
  dataset: string;
  /** How the training of each of its nets ended, where that is known. */
  convergences: readonly Convergence[];
  /** Which images it got right; null where predictions are not kept. */
  outcome: Outcome | null;
}

/** What we measured for one row. */
export interface Result extends ErrorRates {
  /** Sample deviations over seeds; null for one seed. */
  top1Deviation: number | null;
  top5Deviation: number | null;
  /** 95 % intervals: over images by Wilson for one seed, over seeds by Student for several. */
  top1Interval: Interval;
  top5Interval: Interval;
  seeds: readonly number[];
  images: number;
  dataset: string;
  protocol: string;
  /** How the trainings of these nets and seeds ended: `1 of 3 still improving, 2 of 3 converged`; null if unknown. */
  converged: string | null;
}

/** A row of the paper beside ours. `result` is null where nothing was run. */
export interface ResultRow {
  paper: TableRow;
  /** S and Q in pixels at our crop. */
  trainScale: TrainScale;
  testScales: readonly number[];
  result: Result | null;
  /** The id of the row that it is measured against; null for such a row. */
  reference: string | null;
  /** Against that row, ours and the paper's, in points of top-1 error. */
  effect: RowEffect | null;
  paperEffect: number | null;
  /** The place by top-1 error among the rows that were run, ours and the paper's; null where nothing was run. */
  rank: number | null;
  paperRank: number | null;
}

export interface ResultTable {
  table: TableNumber;
  context: TableContext;
  /** What a reader must know before comparing: `not ILSVRC: …`. Empty for the paper's own protocol. */
  notes: readonly string[];
  rows: readonly ResultRow[];
}

/** How a row is evaluated: in Tables 3 and 4 by the study's protocol, in Tables 5 and 6 each row by its own. */
export function protocolOf(table: TableNumber, row: TableRow, study: Protocol): Protocol {
  return comparesProtocols(table) ? row.protocol : study;
}

/**
 * One of the paper's tables with a study's evaluations beside it. Only evaluations by the protocol of
 * {@link protocolOf} count; if there are several with the same seed, the last counts.
 *
 * @throws WorkbenchError `scale-not-whole`; `mixed-evaluations` if the seeds of one row saw different images
 */
export function resultTable(
  table: TableNumber,
  context: TableContext,
  evaluations: readonly TableEvaluation[],
): ResultTable {
  const counted = evaluations.filter((evaluation) => counts(context, evaluation));
  const scored = paperTable(table).map((paper) => {
    const scales = rowScales(paper, context.crop);
    const matching = counted.filter((evaluation) => isOfRow(table, paper, context, evaluation));
    const chosen = lastOfEachSeed(matching);
    return { paper, ...scales, chosen, result: resultOf(paper.id, chosen) };
  });
  const rows = withEffects(table, scored);
  return { table, context, notes: [...comparabilityNotes(context), ...gapNotes(counted)], rows };
}

/** What tells where in a table an evaluation belongs. */
type Place = Omit<TableEvaluation, 'outcome'>;

/** Whether an evaluation counts for a row of the table: others are not shown there. */
export function fillsRow(table: TableNumber, context: TableContext, evaluation: Place): boolean {
  return (
    counts(context, evaluation) &&
    paperTable(table).some((paper) => isOfRow(table, paper, context, evaluation))
  );
}

function counts(context: TableContext, { average, horizontalFlip, checkpoint }: Place): boolean {
  return (
    average === context.average &&
    horizontalFlip === context.horizontalFlip &&
    checkpoint === context.checkpoint
  );
}

function isOfRow(table: TableNumber, paper: TableRow, context: TableContext, evaluation: Place): boolean {
  const { trainScale, testScales } = rowScales(paper, context.crop);
  return (
    evaluation.protocol === protocolOf(table, paper, context.protocol) &&
    evaluation.configs.join() === netsOf(paper).join() &&
    sameScales(evaluation.trainScale, trainScale) &&
    sameScales(evaluation.testScales, testScales)
  );
}

type Scored = Pick<ResultRow, 'paper' | 'trainScale' | 'testScales' | 'result'> & {
  chosen: readonly TableEvaluation[];
};

/** Adds to each row how it compares with the table's own row of reference, and its rank. */
function withEffects(table: TableNumber, scored: readonly Scored[]): ResultRow[] {
  const papers = scored.map(({ paper }) => paper);
  const effects = effectsOf(
    table,
    scored.map(({ paper, result, chosen }) => ({
      paper,
      top1Error: result?.top1Error ?? null,
      outcomes: chosen,
    })),
  );
  const ranks = ranksOf(scored.map(({ result }) => result?.top1Error ?? null));
  const paperRanks = ranksOf(scored.map(({ result, paper }) => (result === null ? null : paper.top1Error)));
  return scored.map(({ chosen: _chosen, ...row }, index) => {
    const reference = referenceOf(table, papers, row.paper);
    return {
      ...row,
      reference: reference?.id ?? null,
      effect: effects[index] ?? null,
      paperEffect: reference ? row.paper.top1Error - reference.top1Error : null,
      rank: ranks[index] ?? null,
      paperRank: paperRanks[index] ?? null,
    };
  });
}

/** The widest gap between dense and multi-crop evaluations of the same net, if it is more than the paper's could be. */
function gapNotes(evaluations: readonly TableEvaluation[]): string[] {
  const netOf = ({ configs, trainScale, seed }: TableEvaluation) =>
    `${configs.join('+')}, S ${shownTrainScale(trainScale)}, seed ${seed}`;
  const gaps = [...Map.groupBy(evaluations, netOf)].flatMap(([net, ofNet]) => {
    const gap = protocolGap(ofNet);
    return gap === undefined ? [] : [{ net, gap }];
  });
  const [widest] = gaps.toSorted((one, other) => widthOf(other.gap) - widthOf(one.gap));
  return widest === undefined ? [] : [`${widest.net}: ${protocolGapText(widest.gap)}`];
}

function lastOfEachSeed(evaluations: readonly TableEvaluation[]): TableEvaluation[] {
  const bySeed = new Map(evaluations.map((evaluation) => [evaluation.seed, evaluation]));
  return [...bySeed.values()].sort((one, other) => one.seed - other.seed);
}

function resultOf(row: string, chosen: readonly TableEvaluation[]): Result | null {
  const [first] = chosen;
  if (first === undefined) return null;
  if (chosen.some(({ dataset, images }) => dataset !== first.dataset || images !== first.images)) {
    throw new WorkbenchError(
      'mixed-evaluations',
      `The evaluations for row ${row} were made on different images, so their mean says nothing.`,
      'Evaluate all seeds on one dataset again, or choose the runs of one dataset.',
    );
  }
  const [errors, ofFive] = [
    chosen.map(({ top1Error }) => top1Error),
    chosen.map(({ top5Error }) => top5Error),
  ];
  const [top1, top5] = [meanAndDeviation(errors), meanAndDeviation(ofFive)];
  return {
    top1Interval: intervalOf(errors, first.images),
    top5Interval: intervalOf(ofFive, first.images),
    top1Error: top1.mean,
    top5Error: top5.mean,
    top1Deviation: top1.deviation,
    top5Deviation: top5.deviation,
    seeds: chosen.map(({ seed }) => seed),
    images: first.images,
    dataset: first.dataset,
    converged: convergencesText(chosen.flatMap(({ convergences }) => convergences)) || null,
    protocol:
      first.configs.length > 1 ? `mean posterior of the nets: ${protocolText(first)}` : protocolText(first),
  };
}
