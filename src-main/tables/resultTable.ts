import { WorkbenchError } from '../foundation/errors.ts';
import type { Configuration } from '../vocabulary/configurations.ts';
import { convergencesText, type Convergence } from '../vocabulary/convergence.ts';
import type { ErrorRates } from '../vocabulary/errorRates.ts';
import type { EvaluationResult } from '../vocabulary/evaluations.ts';
import { protocolText, type Protocol } from '../vocabulary/protocols.ts';
import { protocolGap, protocolGapText, widthOf } from '../vocabulary/protocolGap.ts';
import { sameScales, trainScaleText, type TrainScale } from '../vocabulary/scales.ts';
import { meanAndDeviation } from '../vocabulary/statistics.ts';
import { comparabilityNotes } from './notes.ts';
import type { TableContext } from './notes.ts';
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
}

/** What we measured for one row. */
export interface Result extends ErrorRates {
  /** Sample deviations over seeds; null for one seed. */
  top1Deviation: number | null;
  top5Deviation: number | null;
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
  const counted = evaluations.filter(
    (evaluation) =>
      evaluation.average === context.average &&
      evaluation.horizontalFlip === context.horizontalFlip &&
      evaluation.checkpoint === context.checkpoint,
  );
  const rows = paperTable(table).map((paper) => {
    const scales = rowScales(paper, context.crop);
    const matching = counted.filter(
      (evaluation) =>
        evaluation.protocol === protocolOf(table, paper, context.protocol) &&
        evaluation.configs.join() === netsOf(paper).join() &&
        sameScales(evaluation.trainScale, scales.trainScale) &&
        sameScales(evaluation.testScales, scales.testScales),
    );
    return { paper, ...scales, result: resultOf(paper.id, matching) };
  });
  return { table, context, notes: [...comparabilityNotes(context), ...gapNotes(counted)], rows };
}

/** The widest gap between dense and multi-crop evaluations of the same net, if it is more than the paper's could be. */
function gapNotes(evaluations: readonly TableEvaluation[]): string[] {
  const netOf = ({ configs, trainScale, seed }: TableEvaluation) =>
    `${configs.join('+')}, S ${trainScaleText(trainScale)}, seed ${seed}`;
  const gaps = [...Map.groupBy(evaluations, netOf)].flatMap(([net, ofNet]) => {
    const gap = protocolGap(ofNet);
    return gap === undefined ? [] : [{ net, gap }];
  });
  const [widest] = gaps.toSorted((one, other) => widthOf(other.gap) - widthOf(one.gap));
  return widest === undefined ? [] : [`${widest.net}: ${protocolGapText(widest.gap)}`];
}

function resultOf(row: string, evaluations: readonly TableEvaluation[]): Result | null {
  const bySeed = new Map(evaluations.map((evaluation) => [evaluation.seed, evaluation]));
  const chosen = [...bySeed.values()].sort((one, other) => one.seed - other.seed);
  const [first] = chosen;
  if (first === undefined) return null;
  if (chosen.some(({ dataset, images }) => dataset !== first.dataset || images !== first.images)) {
    throw new WorkbenchError(
      'mixed-evaluations',
      `The evaluations for row ${row} were made on different images, so their mean says nothing.`,
      'Evaluate all seeds on one dataset again, or choose the runs of one dataset.',
    );
  }
  const top1 = meanAndDeviation(chosen.map(({ top1Error }) => top1Error));
  const top5 = meanAndDeviation(chosen.map(({ top5Error }) => top5Error));
  return {
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
