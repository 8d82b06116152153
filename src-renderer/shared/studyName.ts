import type { StudySummary } from '../../src-main/workbench/contract.ts';

/** What a study is called: what it compares, or that it fills the paper's tables, and its preset. */
export function studyName({ comparison, preset }: Pick<StudySummary, 'comparison' | 'preset'>): string {
  return `${comparison?.title ?? 'The paper’s tables'}, ${preset}`;
}
