import { z } from 'zod';
import type { Study } from '../runs/StudyStore.ts';

const definitionSchema = z.looseObject({
  comparison: z.looseObject({ name: z.string(), title: z.string() }),
});

/** What a study compares, also where another version wrote its definition; null for one of the paper's tables. */
export function comparisonOf({ definition }: Study): { name: string; title: string } | null {
  const { data } = definitionSchema.safeParse(definition);
  return data ? { name: data.comparison.name, title: data.comparison.title } : null;
}

/** How lists call a study: `quick`, `Initialisation, quick`. */
export function studyTitle(study: Study): string {
  const comparison = comparisonOf(study);
  return comparison ? `${comparison.title}, ${study.preset}` : study.preset;
}
