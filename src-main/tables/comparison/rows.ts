import type { Interval } from '../../statistics/intervals.ts';
import type { ColumnKey } from '../../vocabulary/comparisonColumns.ts';
import type { Learning } from '../../vocabulary/learning.ts';
import type { TableContext } from '../notes.ts';
import type { RowEffect } from '../pairedEffects.ts';
import type { Comparison } from './definition.ts';

/** A value over the seeds, as printed and as a number; words have no number. */
export interface ComparisonCell {
  text: string;
  mean: number | null;
  /** Sample deviation; null for one seed. */
  deviation: number | null;
}

export interface ComparisonRow {
  key: string;
  label: string;
  /** Also of columns that the comparison does not show unless asked; those that are not known yet are missing. */
  cells: Readonly<Partial<Record<ColumnKey, ComparisonCell>>>;
  /** 95 % intervals: over images by Wilson for one seed, over seeds by Student for several. */
  top1Interval: Interval | null;
  top5Interval: Interval | null;
  /** Against the first row of the group; null for that row itself, and where one of the two was not scored. */
  effect: RowEffect | null;
  /** The outcome of each seed that was trained long enough to judge. */
  outcomes: readonly (Learning & { seed: number })[];
  /** How the trainings that have ended came out, one for each seed; null before there are any. */
  converged: string | null;
  /** The seeds that were evaluated. */
  seeds: readonly number[];
  /** Protocol of the errors; null before there are any. */
  protocol: string | null;
  images: number | null;
}

export interface ComparisonGroup {
  title: string;
  statement: string;
  /** What the errors say so far, in sentences. */
  answers: readonly string[];
  rows: readonly ComparisonRow[];
}

export interface ComparisonTable extends Pick<
  Comparison,
  'name' | 'title' | 'question' | 'source' | 'curve' | 'against'
> {
  context: TableContext;
  /** What a reader must know before comparing with published numbers. */
  notes: readonly string[];
  /** Those that the comparison shows. */
  columns: readonly { key: ColumnKey; head: string; meaning: string }[];
  groups: readonly ComparisonGroup[];
}
