import { z } from 'zod';
import { protocols, type Protocol } from '../vocabulary/protocols.ts';
import { sameScales } from '../vocabulary/scales.ts';

/** One way to score weights: by which protocol, at which test scales Q (Sect. 3.2). */
export const requestedEvaluationSchema = z.strictObject({
  protocol: z.enum(protocols),
  testScales: z.array(z.int()).min(1),
  /** Whether its posteriors are kept even if the configuration keeps none. */
  keepPosteriors: z.boolean().optional(),
});
export type RequestedEvaluation = z.infer<typeof requestedEvaluationSchema>;

/** What is computed for an image at one scale; a protocol is one pass or the mean of two. */
export type Pass = Exclude<Protocol, 'multi-crop+dense'>;

export function passesOf(protocol: Protocol): Pass[] {
  return protocol === 'multi-crop+dense' ? ['multi-crop', 'dense'] : [protocol];
}

/** Whether both score weights in the same way. */
export function sameEvaluation(
  one: Readonly<RequestedEvaluation>,
  other: { protocol: Protocol; testScales: readonly number[] },
): boolean {
  return one.protocol === other.protocol && sameScales(one.testScales, other.testScales);
}
