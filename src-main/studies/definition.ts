import { z } from 'zod';
import { WorkbenchError } from '../foundation/errors.ts';
import { comparisonSchema } from '../tables/comparison/definition.ts';
import { planComparison } from './comparison/planComparison.ts';
import { planStudy, type PlannedRun } from './plan.ts';
import { presetSchema } from './preset.ts';
import { selectRuns } from './select.ts';

/** What decides a study, as it is kept in the database. */
export const studyDefinitionSchema = z.strictObject({
  preset: presetSchema,
  dataset: z.string(),
  overrides: z.array(z.string()),
  /** What it compares; the nets of the paper's tables without it. */
  comparison: comparisonSchema.optional(),
  /** The runs that it is about, as {@link selectRuns} takes them; all of them without it. */
  only: z.array(z.string()).min(1).optional(),
});
export type StudyDefinition = z.infer<typeof studyDefinitionSchema>;

/** @throws WorkbenchError those of {@link planStudy}, {@link planComparison} and {@link selectRuns} */
export function planOf({ preset, dataset, overrides, comparison, only }: StudyDefinition): PlannedRun[] {
  const plan = comparison
    ? planComparison(comparison, preset, dataset, overrides)
    : planStudy(preset, dataset, overrides);
  return selectRuns(plan, only);
}

/** @throws WorkbenchError `study-unreadable`: the settings may have been written by another version */
export function readDefinition(id: string, definition: unknown): StudyDefinition {
  const result = studyDefinitionSchema.safeParse(definition);
  if (result.success) return result.data;
  throw new WorkbenchError(
    'study-unreadable',
    `The definition of study ${id} cannot be read by this version.`,
    'Start a new study; its runs stay and can be exported.',
  );
}
