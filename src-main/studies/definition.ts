import { z } from 'zod';
import { presetSchema } from './preset.ts';

/** What decides a study, as it is kept in the database. */
export const studyDefinitionSchema = z.strictObject({
  preset: presetSchema,
  dataset: z.string(),
  overrides: z.array(z.string()),
});
export type StudyDefinition = z.infer<typeof studyDefinitionSchema>;
