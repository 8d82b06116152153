import { headlineOf } from '../../../../src-main/vocabulary/headline.ts';
import type { RunColumn } from '../columns.ts';
import { hasMean, varying } from '../groupRuns.ts';
import type { RunTable } from '../RunTable.svelte.ts';
import { isSetting } from './isSetting.ts';

/** No axes of their own: nearly every run of a study starts from another, and Q follows from S. */
const leftOut: ReadonlySet<string> = new Set(['initialisation.from', 'testScales']);

/** So many settings have room beside one another. */
const mostAxes = 7;

/** The settings in which the listed runs differ, the net and S first. */
export function differingSettings(table: RunTable): RunColumn[] {
  return varying(
    table.runs,
    table.all.filter((column) => isSetting(column) && !leftOut.has(column.id)),
  );
}

/** The error that speaks for the listed runs. */
export function headlineColumn(table: RunTable): RunColumn | undefined {
  const headline = headlineOf(Math.max(...table.runs.map(({ classes }) => classes ?? Infinity)));
  const bests = { top1: 'bestTop1', top5: 'bestTop5' };
  const isKnown = table.runs.some(({ top1Error }) => top1Error !== null);
  return table.all.find(({ id }) => id === (isKnown ? headline : bests[headline]));
}

/** The axes of the address, else what differs and how well it did. */
export function plottedColumns(table: RunTable): RunColumn[] {
  const named = table.named('axes');
  if (named.length >= 2) return named;
  const error = headlineColumn(table);
  return [...differingSettings(table).slice(0, mostAxes), ...(error ? [error] : [])];
}

/** What else may be an axis: settings, and numbers that were measured, in which the listed runs differ. */
export function otherColumns(table: RunTable, plotted: readonly RunColumn[]): RunColumn[] {
  const rest = table.all.filter((column) => !plotted.some(({ id }) => id === column.id));
  return varying(
    table.runs,
    rest.filter((column) => isSetting(column) || hasMean(column)),
  );
}
