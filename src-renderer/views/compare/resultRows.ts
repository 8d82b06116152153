import { countText } from '../../../src-main/vocabulary/counts.ts';
import { headlineOf } from '../../../src-main/vocabulary/headline.ts';
import type { ErrorRates } from '../../../src-main/vocabulary/errorRates.ts';
import { none } from '../../../src-main/vocabulary/none.ts';
import { percentText } from '../../../src-main/vocabulary/percentages.ts';
import { protocolText } from '../../../src-main/vocabulary/protocols.ts';
import { testScalesText } from '../../../src-main/vocabulary/scales.ts';
import type { ComparedRun, Evaluation } from '../../../src-main/workbench/contract.ts';

/** How every run did by one protocol at the same Q; null for a run that was not evaluated so. */
export interface ResultRow {
  key: string;
  protocol: string;
  testScales: string;
  /** On which images. */
  details: string;
  errors: (ErrorRates | null)[];
  /** Index of the run with the least headline error (`headlineOf`), then the least other; -1 while fewer than two have one. */
  best: number;
}

type PaperBaseline = ComparedRun['paper'][number];

/** A row of the paper's, under each run that it is about. */
export interface PaperResultRow {
  title: string;
  baselines: (PaperBaseline | null)[];
}

/** A row for each way in which any of the runs was evaluated. Of the same way the newest result counts. */
export function resultRows(runs: readonly ComparedRun[]): ResultRow[] {
  const rows = new Map<string, ResultRow>();
  for (const [index, run] of runs.entries()) {
    const oldestFirst = run.evaluations.toSorted((one, other) =>
      one.createdAt.localeCompare(other.createdAt),
    );
    for (const evaluation of oldestFirst) {
      const key = keyOf(evaluation);
      const row = rows.get(key) ?? emptyRow(key, evaluation, runs.length);
      row.errors[index] = { top1Error: evaluation.top1Error, top5Error: evaluation.top5Error };
      rows.set(key, row);
    }
  }
  const headline = headlineOf(Math.max(...runs.map(({ classes }) => classes ?? Infinity)));
  return [...rows.values()]
    .map((row) => ({ ...row, best: bestOf(row.errors, headline) }))
    .sort((one, other) => one.key.localeCompare(other.key, 'en-GB', { numeric: true }));
}

/** The paper's Tables 3 and 4 for the nets and S of the runs; none for a table that has no such row. */
export function paperRows(runs: readonly ComparedRun[]): PaperResultRow[] {
  return ([3, 4] as const)
    .map((table) => ({
      title: `Paper, Table ${table}`,
      baselines: runs.map(({ paper }) => paper.find((row) => row.table === table) ?? null),
    }))
    .filter(({ baselines }) => baselines.some((baseline) => baseline !== null));
}

export function errorsText(errors: ErrorRates | null): string {
  return errors === null ? none : `${percentText(errors.top1Error)} / ${percentText(errors.top5Error)}`;
}

function keyOf(evaluation: Evaluation): string {
  return [
    evaluation.dataset,
    evaluation.datasetFingerprint,
    protocolText(evaluation),
    testScalesText(evaluation.testScales),
    detailsOf(evaluation),
  ].join('|');
}

function detailsOf({ images, dataset }: Evaluation): string {
  return `${countText(images)} images of ${dataset}`;
}

function emptyRow(key: string, evaluation: Evaluation, runs: number): ResultRow {
  return {
    key,
    protocol: protocolText(evaluation),
    testScales: testScalesText(evaluation.testScales),
    details: detailsOf(evaluation),
    errors: Array.from({ length: runs }, () => null),
    best: -1,
  };
}

function bestOf(errors: readonly (ErrorRates | null)[], headline: 'top1' | 'top5'): number {
  const [first, second] =
    headline === 'top1' ? (['top1Error', 'top5Error'] as const) : (['top5Error', 'top1Error'] as const);
  const ranked = errors
    .flatMap((error, index) => (error === null ? [] : [{ ...error, index }]))
    .sort((one, other) => one[first] - other[first] || one[second] - other[second]);
  return ranked.length < 2 ? -1 : (ranked[0]?.index ?? -1);
}
