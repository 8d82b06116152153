import { z } from 'zod';

/** Errors on a set of images, in % (Sect. 4): how often the label is not the first class, not among the first five. */
export const errorRatesSchema = z.object({ top1Error: z.number(), top5Error: z.number() });
export type ErrorRates = z.infer<typeof errorRatesSchema>;
