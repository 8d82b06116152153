import type { ErrorKind } from '../../foundation/errors.ts';

/** Exit codes of the process. Shells use 130 for Ctrl+C. */
export const exitCodes = { success: 0, failure: 1, input: 2, interrupted: 130 } as const;

export function exitCodeOf(kind: ErrorKind): number {
  return exitCodes[kind];
}
