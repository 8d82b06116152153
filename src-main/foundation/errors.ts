import { isErrorCode, type ErrorCode } from './errorCodes.ts';
import { systemProblem } from './systemErrors.ts';

export type { ErrorCode };

/** Who has to act on an error: it decides the exit code of the command line. */
export type ErrorKind = 'input' | 'failure' | 'interrupted';

/**
 * An error a person is meant to read: a stable code, what happened, and what to do next.
 * Everything the workbench refuses on purpose is one of these; any other error is a defect.
 */
export class WorkbenchError extends Error {
  override readonly name = 'WorkbenchError';
  readonly code: ErrorCode;
  readonly nextStep: string;
  readonly kind: ErrorKind;

  /**
   * @param code stable: what it means stands in `errorCodes.ts`
   * @param fact what happened, in a neutral voice
   * @param nextStep what the person can do about it
   */
  constructor(
    code: ErrorCode,
    fact: string,
    nextStep: string,
    options: { kind?: ErrorKind; cause?: unknown } = {},
  ) {
    super(fact, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.nextStep = nextStep;
    this.kind = options.kind ?? 'input';
  }
}

/** What is wrong, and what to do about it: all that a person reads of an error. */
export interface Problem {
  code: ErrorCode;
  message: string;
  nextStep: string;
}

/** The form in which an error crosses a process or is stored: no stack, nothing but what a person reads. */
export interface ErrorReport extends Problem {
  kind: ErrorKind;
}

/** A code of another version. It equals none that is known here. */
export type ForeignCode = string & { readonly ofAnotherVersion: true };

/** The error of a stored run, which may be of another version: its code is kept as it is. */
export type StoredError = Omit<ErrorReport, 'code'> & { code: ErrorCode | ForeignCode };

/** What a {@link WorkbenchError} says. @throws any other value, which is a defect */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof WorkbenchError)) throw error;
  return { code: error.code, message: error.message, nextStep: error.nextStep };
}

/** Reports any thrown value. One that is neither a {@link WorkbenchError} nor the disk's is a defect and says so. */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof WorkbenchError) {
    return { ...problemOf(error), kind: error.kind };
  }
  const problem = systemProblem(error);
  if (problem) return { ...problem, kind: 'failure' };
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : String(error),
    nextStep: 'This is a defect of the workbench: please report it with the log of the run.',
    kind: 'failure',
  };
}

/** The reverse of {@link reportError}, on the receiving side of a process edge. */
export function errorFromReport(report: StoredError): WorkbenchError {
  const code = isErrorCode(report.code) ? report.code : 'unrecognised';
  return new WorkbenchError(code, report.message, report.nextStep, { kind: report.kind });
}
