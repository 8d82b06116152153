import { datasetText } from '../../src-main/vocabulary/datasetText.ts';
import { momentText } from '../../src-main/vocabulary/moments.ts';
import type { StudySummary } from '../../src-main/workbench/contract.ts';

/** What a study is called: the name a person gave it, else what it compares, or the paper's tables, and its preset. */
export function studyName(study: Pick<StudySummary, 'name' | 'comparison' | 'preset'>): string {
  return study.name === '' ? usualStudyName(study) : study.name;
}

/** A study among others, which may be called the same: its name, and when it was set up. */
export function studyTitle(
  study: Pick<StudySummary, 'name' | 'comparison' | 'preset' | 'createdAt'>,
): string {
  return `${studyName(study)}, ${momentText(study.createdAt)}`;
}

export function usualStudyName({ comparison, preset }: Pick<StudySummary, 'comparison' | 'preset'>): string {
  return `${comparison?.title ?? 'The paper’s tables'}, ${preset}`;
}

/** A dataset by its name; a folder by its last one, as its runs have it. */
export function datasetName(dataset: string): string {
  const shown = datasetText(dataset);
  if (shown !== dataset) return shown;
  return dataset.split(/[\\/]/).findLast((part) => part !== '') ?? dataset;
}
