import type { ErrorKind } from '../../foundation/errors.ts';

/** How the process ends. 130 is what shells give for Ctrl+C. */
export const exitCodes = { success: 0, failure: 1, input: 2, interrupted: 130 } as const;

export function exitCodeOf(kind: ErrorKind): number {
  return exitCodes[kind];
}
