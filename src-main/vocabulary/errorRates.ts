import { z } from 'zod';

/** Errors on a set of images, in % (Sect. 4): how often the label is not the first class, not among the first five. */
const percent = z.number().min(0).max(100);
export const errorRatesSchema = z.object({ top1Error: percent, top5Error: percent });
export type ErrorRates = z.infer<typeof errorRatesSchema>;
