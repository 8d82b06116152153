import type { RunComparison } from '../../../src-main/workbench/contract.ts';
import { percentText } from '../../../src-main/vocabulary/percentages.ts';
import { runName } from '../../shared/runs/runName.ts';
import { paperRows, resultRows, type Errors } from './resultRows.ts';
import { settingRows } from './settingRows.ts';

/** The table of errors as text: in a spreadsheet each error has a cell of its own, so every run has two columns. */
export function resultTable({ runs, groups }: RunComparison): string[][] {
  const figures = (errors: Errors | null) =>
    errors === null ? ['', ''] : [errors.top1.toFixed(2), errors.top5.toFixed(2)];
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
      ...baselines.flatMap((row) => figures(row && { top1: row.top1Error, top5: row.top5Error })),
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
      ...runs.flatMap(({ id }) => (ids.includes(id) ? [meanText(top1), meanText(top5)] : ['', ''])),
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
export function meanText(group: RunComparison['groups'][number]['top1']): string {
  return group === null ? '–' : `${group.mean.toFixed(2)} ± ${percentText(group.deviation)}`;
}
