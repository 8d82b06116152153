import { ORPCError } from '@orpc/server';
import { z } from 'zod';
import { reportError, type ErrorReport } from '../foundation/errors.ts';

/** The data of oRPC's error for an input that the contract refuses. */
const refusedInputSchema = z.object({
  issues: z
    .array(z.object({ message: z.string(), path: z.array(z.union([z.string(), z.number()])).default([]) }))
    .min(1),
});

/**
 * The report of anything that a call of the API can throw.
 *
 * @param nextStep what to do about an input that the contract refuses
 */
export function reportOf(error: unknown, nextStep = 'Correct what is named and try again.'): ErrorReport {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return reportError(error);
  const refused = refusedInputSchema.safeParse(error.data);
  const [issue] = refused.success ? refused.data.issues : [];
  const where = issue?.path.join('.') ?? '';
  return {
    code: 'invalid-input',
    message: `${where === '' ? '' : `${where}: `}${issue?.message ?? error.message}`,
    nextStep,
    kind: 'input',
  };
}
