import { countText } from '../../../src-main/vocabulary/counts.ts';
import { durationText } from '../../../src-main/vocabulary/durations.ts';
import { momentText } from '../../../src-main/vocabulary/moments.ts';
import { percentText } from '../../../src-main/vocabulary/percentages.ts';
import { testScalesText, shownTrainScale } from '../../../src-main/vocabulary/scales.ts';
import type { RunDetails } from '../../../src-main/workbench/contract.ts';
import type { Column } from '../../ui/dataTable.ts';

type Evaluation = RunDetails['evaluations'][number];

/** An evaluation of a run: its protocol (Sect. 3.2), what was scored, and the errors. */
export const evaluationColumns: readonly Column<Evaluation>[] = [
  { title: 'Protocol', isName: true, text: ({ protocol }) => protocol },
  { title: 'S', isNumber: true, text: ({ trainScale }) => shownTrainScale(trainScale) },
  { title: 'Q', isNumber: true, text: ({ testScales }) => testScalesText(testScales) },
  { title: 'Flip', text: ({ horizontalFlip }) => (horizontalFlip ? 'yes' : 'no') },
  { title: 'Average', text: ({ average }) => average.replace('-', ' ') },
  { title: 'Checkpoint', text: ({ checkpoint }) => checkpoint },
  { title: 'Step', isNumber: true, text: ({ step }) => countText(step) },
  { title: 'Images', isNumber: true, text: ({ images }) => countText(images) },
  { title: 'Top-1 error', isNumber: true, text: ({ top1Error }) => percentText(top1Error) },
  { title: 'Top-5 error', isNumber: true, text: ({ top5Error }) => percentText(top5Error) },
  { title: 'Took', isNumber: true, text: ({ seconds }) => durationText(seconds) },
  { title: 'At', text: ({ createdAt }) => momentText(createdAt) },
];
