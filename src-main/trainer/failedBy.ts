import { defined } from '../foundation/defined.ts';
import { reportError } from '../foundation/errors.ts';
import type { FromTrainer } from './protocol.ts';

/** The last message of a job that failed. */
export function failedBy(error: unknown): FromTrainer {
  const stack = error instanceof Error ? error.stack : undefined;
  return { type: 'failed', error: { ...reportError(error), ...defined({ stack }) } };
}
