import { runName } from '../../../../src-main/vocabulary/runName.ts';
import { trainScaleText } from '../../../../src-main/vocabulary/scales.ts';
import { tableText } from '../../../../src-main/vocabulary/tableText.ts';
import type { RunSummary } from '../../../../src-main/workbench/contract.ts';
import type { RunColumn } from '../columns.ts';
import { axisTitle } from './axisTitle.ts';

/** What a plot shows, a line for each run; a cell is empty where a run has no value. */
export function plotCsv(columns: readonly RunColumn[], runs: readonly RunSummary[]): string {
  return tableText(
    [
      ['Run', 'Name', ...columns.map(axisTitle)],
      ...runs.map((run) => [run.id, runName(run), ...columns.map((column) => cellText(column, run))]),
    ],
    'csv',
  );
}

/** A number in full; of what only sorts by a number, such as several Q, its text. */
function cellText({ id, value, text }: RunColumn, run: RunSummary): string {
  if (id === 'trainScale') return trainScaleText(run.trainScale);
  const known = value(run);
  if (known === undefined) return '';
  return typeof known === 'number' && id !== 'testScales' ? String(known) : text(run);
}
