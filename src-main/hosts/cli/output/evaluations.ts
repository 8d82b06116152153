import type { RunDetails } from '../../../workbench/contract.ts';
import { formatCount, formatDuration, formatError, formatProtocol, formatScales } from './format.ts';
import { textTable } from './textTable.ts';

type Evaluation = RunDetails['evaluations'][number];

/** Evaluations of one run as a table: the protocol of each, its errors, the images. */
export function evaluationTable(evaluations: readonly Evaluation[]): string {
  return textTable(
    ['Protocol', 'S>', 'Q>', 'Checkpoint', 'Top-1>', 'Top-5>', 'Images>', 'Took>'],
    evaluations.map((evaluation) => [
      formatProtocol(evaluation),
      formatScales(evaluation.trainScale, '-'),
      formatScales(evaluation.testScales, ','),
      evaluation.checkpoint,
      formatError(evaluation.top1Error),
      formatError(evaluation.top5Error),
      formatCount(evaluation.images),
      formatDuration(evaluation.seconds),
    ]),
  );
}
