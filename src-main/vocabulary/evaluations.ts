import { z } from 'zod';
import { errorRatesSchema } from './errorRates.ts';
import { evaluationProtocolSchema } from './protocols.ts';

/** The result of an evaluation: errors, protocol and number of images. Users of this schema extend it. */
export const evaluationResultSchema = z.object({
  ...evaluationProtocolSchema.shape,
  ...errorRatesSchema.shape,
  images: z.int().min(0),
});
export type EvaluationResult = z.infer<typeof evaluationResultSchema>;
