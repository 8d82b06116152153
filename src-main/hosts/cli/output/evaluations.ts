import type { RunDetails } from '../../../workbench/contract.ts';
import { countText } from '../../../vocabulary/counts.ts';
import { durationText } from '../../../vocabulary/durations.ts';
import { percentText } from '../../../vocabulary/percentages.ts';
import { protocolGap, protocolGapText } from '../../../vocabulary/protocolGap.ts';
import { scoringText } from '../../../vocabulary/protocols.ts';
import { testScalesText, shownTrainScale } from '../../../vocabulary/scales.ts';
import { textTable } from './textTable.ts';

type Evaluation = RunDetails['evaluations'][number];

/** Evaluations of one run as a table: the protocol of each, its errors, the images. Below it, protocols that disagree. */
export function evaluationTable(evaluations: readonly Evaluation[]): string {
  const gap = protocolGap(evaluations);
  const table = textTable(
    ['Protocol', 'S>', 'Q>', 'Checkpoint', 'Top-1>', 'Top-5>', 'Images>', 'Took>'],
    evaluations.map((evaluation) => [
      scoringText(evaluation),
      shownTrainScale(evaluation.trainScale),
      testScalesText(evaluation.testScales),
      evaluation.checkpoint,
      percentText(evaluation.top1Error),
      percentText(evaluation.top5Error),
      countText(evaluation.images),
      durationText(evaluation.seconds),
    ]),
  );
  return gap === undefined ? table : `${table}\n\nBeware: ${protocolGapText(gap)}.`;
}
