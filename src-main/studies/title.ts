import { z } from 'zod';
import type { Study } from '../runs/study.ts';

const definitionSchema = z.looseObject({
  comparison: z.looseObject({ name: z.string(), title: z.string() }),
});

/** What a study compares, even if another version wrote its definition; null for a study of the paper's tables. */
export function comparisonOf({
  definition,
}: Pick<Study, 'definition'>): { name: string; title: string } | null {
  const { data } = definitionSchema.safeParse(definition);
  return data ? { name: data.comparison.name, title: data.comparison.title } : null;
}

/** The title of a study in lists: `quick`, `Initialisation, quick`. */
export function studyTitle(study: Study): string {
  if (study.name !== '') return study.name;
  const comparison = comparisonOf(study);
  return comparison ? `${comparison.title}, ${study.preset}` : study.preset;
}
