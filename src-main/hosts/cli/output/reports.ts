import { ORPCError } from '@orpc/server';
import { CommanderError } from 'commander';
import { reportError, type ErrorReport } from '../../../foundation/errors.ts';
import { z } from 'zod';

/** What the API says of an input it cannot take. */
const refusedInputSchema = z.object({
  issues: z
    .array(z.object({ message: z.string(), path: z.array(z.union([z.string(), z.number()])).default([]) }))
    .min(1),
});

/** Reports anything that a command throws. */
export function reportOf(error: unknown): ErrorReport {
  if (error instanceof CommanderError) {
    // Commander's suggestion comes on a line of its own.
    const [fact = '', suggestion] = error.message
      .replace(/^error: /, '')
      .trim()
      .split('\n');
    const nextStep =
      suggestion?.replace(/^\((.*)\)$/, '$1') ?? 'See --help after the command for what it takes.';
    return { code: 'usage', message: fact, nextStep, kind: 'input' };
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    const refused = refusedInputSchema.safeParse(error.data);
    const [issue] = refused.success ? refused.data.issues : [];
    const where = issue?.path.join('.') ?? '';
    return {
      code: 'invalid-input',
      message: `${where === '' ? '' : `${where}: `}${issue?.message ?? error.message}`,
      nextStep: 'See --help after the command for what it takes.',
      kind: 'input',
    };
  }
  return reportError(error);
}

/** The fact, then the next step. */
export function reportText({ code, message, nextStep }: ErrorReport): string {
  return `Error: ${message}\n${nextStep} (${code})\n`;
}

/** What a machine reads of an error. */
export function reportJson({ code, message, nextStep }: ErrorReport) {
  return { code, message, nextStep };
}
