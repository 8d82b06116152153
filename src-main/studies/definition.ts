import { z } from 'zod';
import { comparisonSchema } from '../tables/comparison/definition.ts';
import { planComparison } from './comparison/planComparison.ts';
import { studyUnreadable } from './errors.ts';
import { tableNumbers, type TableNumber, defaultTables } from '../vocabulary/paperTables.ts';
import { planStudy } from './plan.ts';
import type { PlannedRun } from './PlannedRun.ts';
import { givenWeightsSchema, planWeights, tablesOfWeights } from './planWeights.ts';
import { presetSchema } from './preset.ts';
import { selectRuns } from './select.ts';

/** Everything that defines a study, in the form kept in the database. */
export const studyDefinitionSchema = z.strictObject({
  preset: presetSchema,
  dataset: z.string().max(10_000),
  overrides: z.array(z.string().max(10_000)).max(200),
  /** Which of the paper's tables it fills, in order; by default {@link defaultTables}. */
  tables: z.array(z.literal(tableNumbers)).min(1).max(tableNumbers.length).optional(),
  /** Nets trained elsewhere, which are scored instead of training any. */
  weights: z.array(givenWeightsSchema).min(1).max(100).optional(),
  /** What it compares instead of filling tables. */
  comparison: comparisonSchema.optional(),
  /** The runs it consists of, in the form {@link selectRuns} reads; by default all. */
  only: z.array(z.string().max(200)).min(1).max(1000).optional(),
});
export type StudyDefinition = z.infer<typeof studyDefinitionSchema>;

/** @throws WorkbenchError those of {@link planStudy}, {@link planComparison}, {@link planWeights} and {@link selectRuns} */
export function planOf(definition: StudyDefinition): PlannedRun[] {
  return selectRuns(wholePlanOf(definition), definition.only);
}

function wholePlanOf(definition: StudyDefinition): PlannedRun[] {
  const { preset, dataset, overrides, weights, comparison } = definition;
  if (comparison) return planComparison(comparison, preset, dataset, overrides);
  const tables = tablesOf(definition);
  return weights
    ? planWeights(weights, { preset, dataset, overrides, tables })
    : planStudy(preset, dataset, overrides, tables);
}

/** The tables that a study fills; none if it is a comparison. */
export function tablesOf({
  tables,
  weights,
  comparison,
}: Pick<StudyDefinition, 'tables' | 'weights' | 'comparison'>): readonly TableNumber[] {
  return comparison ? [] : (tables ?? (weights ? tablesOfWeights : defaultTables));
}

/** @throws WorkbenchError `study-unreadable`: the settings may have been written by another version */
export function readDefinition(id: string, definition: unknown): StudyDefinition {
  const result = studyDefinitionSchema.safeParse(definition);
  if (result.success) return result.data;
  throw studyUnreadable(id);
}
