import type { ErrorRates } from '../../../src-main/vocabulary/errorRates.ts';
import { none } from '../../../src-main/vocabulary/none.ts';
import { meanText } from '../../../src-main/vocabulary/statistics.ts';
import type { RunComparison } from '../../../src-main/workbench/contract.ts';
import { runName } from '../../../src-main/vocabulary/runName.ts';
import { paperRows, resultRows } from './resultRows.ts';
import { settingRows } from './settingRows.ts';

/** The table of errors as text: in a spreadsheet each error has a cell of its own, so every run has two columns. */
export function resultTable({ runs, groups }: RunComparison): string[][] {
  const figures = (errors: ErrorRates | null) =>
    errors === null ? ['', ''] : [errors.top1Error.toFixed(2), errors.top5Error.toFixed(2)];
  return [
    [
      'Protocol',
      'Q',
      'Details',
      ...runs.flatMap((run) => [`${runName(run)} top-1`, `${runName(run)} top-5`]),
    ],
    ...paperRows(runs).map(({ title, baselines }) => [
      title,
      '',
      '',
      ...baselines.flatMap((row) => figures(row)),
    ]),
    ...resultRows(runs).map(({ protocol, testScales, details, errors }) => [
      protocol,
      testScales,
      details,
      ...errors.flatMap(figures),
    ]),
    ...groups.map(({ ids, seeds, top1, top5 }) => [
      `Mean over seeds ${seeds.join(', ')}`,
      '',
      '',
      ...runs.flatMap(({ id }) => (ids.includes(id) ? [meanErrorText(top1), meanErrorText(top5)] : ['', ''])),
    ]),
  ];
}

export function settingTable(facts: RunComparison, all: boolean): string[][] {
  return [
    ['Setting', ...facts.runs.map(runName)],
    ...settingRows(facts, all).map(({ key, values }) => [key, ...values]),
  ];
}

/** `27.00 ± 0.12 %`. */
export function meanErrorText(group: RunComparison['groups'][number]['top1']): string {
  return group === null ? none : `${meanText(group)} %`;
}
