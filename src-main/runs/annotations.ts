import { z } from 'zod';
import { isPrintable } from '../vocabulary/printable.ts';

const shown = z.string().refine(isPrintable, 'it has control characters');
const onOneLine = shown.refine((text) => !/[\n\t]/.test(text), 'it has line breaks or tabs');

/** What people may note about a run, typed here or in what is imported. The records of earlier versions may hold more. */
export const givenAnnotationsSchema = z.object({
  name: onOneLine.max(200),
  tags: z.array(onOneLine.min(1).max(50)).max(20),
  notes: shown.max(20_000),
  /** `#rrggbb`; null gives the run a colour of the palette. */
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .nullable(),
  pinned: z.boolean(),
});

/** The same about a study. */
export const studyAnnotationsSchema = givenAnnotationsSchema.pick({ name: true, notes: true });
