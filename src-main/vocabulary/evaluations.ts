import { z } from 'zod';
import { errorRatesSchema } from './errorRates.ts';
import { evaluationProtocolSchema } from './protocols.ts';

/** What an evaluation came to: by which protocol, over how many images. What is said besides is added to it. */
export const evaluationResultSchema = z.object({
  ...evaluationProtocolSchema.shape,
  ...errorRatesSchema.shape,
  images: z.int().min(0),
});
export type EvaluationResult = z.infer<typeof evaluationResultSchema>;
