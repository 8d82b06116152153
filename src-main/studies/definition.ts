import { z } from 'zod';
import { WorkbenchError } from '../foundation/errors.ts';
import { comparisonSchema } from '../tables/comparison/definition.ts';
import { planComparison } from './comparison/planComparison.ts';
import { tableNumbers, type TableNumber } from '../tables/paper.ts';
import { planStudy, usualTables, type PlannedRun } from './plan.ts';
import { presetSchema } from './preset.ts';
import { selectRuns } from './select.ts';

/** What decides a study, as it is kept in the database. */
export const studyDefinitionSchema = z.strictObject({
  preset: presetSchema,
  dataset: z.string(),
  overrides: z.array(z.string()),
  /** Which of the paper's tables it fills, in order; {@link usualTables} without it. */
  tables: z.array(z.literal(tableNumbers)).min(1).optional(),
  /** What it compares in place of the nets of tables. */
  comparison: comparisonSchema.optional(),
  /** The runs that it is about, as {@link selectRuns} takes them; all of them without it. */
  only: z.array(z.string()).min(1).optional(),
});
export type StudyDefinition = z.infer<typeof studyDefinitionSchema>;

/** @throws WorkbenchError those of {@link planStudy}, {@link planComparison} and {@link selectRuns} */
export function planOf(definition: StudyDefinition): PlannedRun[] {
  const { preset, dataset, overrides, comparison, only } = definition;
  const plan = comparison
    ? planComparison(comparison, preset, dataset, overrides)
    : planStudy(preset, dataset, overrides, tablesOf(definition));
  return selectRuns(plan, only);
}

/** The tables that a study fills; none if it compares. */
export function tablesOf({
  tables,
  comparison,
}: Pick<StudyDefinition, 'tables' | 'comparison'>): readonly TableNumber[] {
  return comparison ? [] : (tables ?? usualTables);
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
