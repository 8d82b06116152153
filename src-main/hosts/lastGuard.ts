import { inspect } from 'node:util';
import { reportError } from '../foundation/errors.ts';
import { printable } from '../vocabulary/printable.ts';

/** What a host prints of an error: the fact and the next step; of a defect also where it happened. */
export function errorText(error: unknown): string {
  const { code, message, nextStep } = reportError(error);
  const where = code === 'internal' && error instanceof Error ? `${inspect(error)}\n` : '';
  return printable(`Error: ${message}\n${nextStep} (${code})\n${where}`);
}

/**
 * Ends the program at an error that nothing has caught, since nobody knows what it has left half done. The error is printed,
 * and what is under way is checkpointed first, so that it can go on from there.
 *
 * @param close stops what is under way
 * @param exit ends the program; another error meanwhile does so at once
 */
export function endOnUncaughtError(
  close: () => Promise<unknown>,
  exit: (code: number) => void = (code) => process.exit(code),
): void {
  let ending = false;
  process.on('uncaughtException', (error) => {
    process.stderr.write(errorText(error));
    if (ending) {
      exit(1);
      return;
    }
    ending = true;
    const end = () => {
      exit(1);
    };
    close().then(end, end);
  });
}
