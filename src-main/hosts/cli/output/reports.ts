import { CommanderError } from 'commander';
import type { ErrorReport, StoredError } from '../../../foundation/errors.ts';
import { printable } from '../../../vocabulary/printable.ts';
import { reportOf as reportOfCall } from '../../../workbench/reports.ts';

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
  return reportOfCall(error, 'See --help after the command for what it takes.');
}

/** The fact, then the next step. */
export function reportText({ code, message, nextStep }: StoredError): string {
  return printable(`Error: ${message}\n${nextStep} (${code})\n`);
}

/** An error as JSON, for programs. */
export function reportJson({ code, message, nextStep }: StoredError) {
  return { code, message, nextStep };
}
