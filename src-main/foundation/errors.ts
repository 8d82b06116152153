import { z } from 'zod';

const errorKindSchema = z.enum(['input', 'failure', 'interrupted']);

/** Who has to act on an error: it decides the exit code of the command line. */
export type ErrorKind = z.infer<typeof errorKindSchema>;

/**
 * An error a person is meant to read: a stable code, what happened, and what to do next.
 * Everything the workbench refuses on purpose is one of these; any other error is a defect.
 */
export class WorkbenchError extends Error {
  override readonly name = 'WorkbenchError';
  readonly code: string;
  readonly nextStep: string;
  readonly kind: ErrorKind;

  /**
   * @param code kebab-case and stable, for example `dataset-not-found`
   * @param fact what happened, in a neutral voice
   * @param nextStep what the person can do about it
   */
  constructor(
    code: string,
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

/** The form in which an error crosses a process or is stored: no stack, nothing but what a person reads. */
export const errorReportSchema = z.object({
  code: z.string(),
  message: z.string(),
  nextStep: z.string(),
  kind: errorKindSchema,
});
export type ErrorReport = z.infer<typeof errorReportSchema>;

/** Reports any thrown value. One that is not a {@link WorkbenchError} is a defect and says so. */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof WorkbenchError) {
    return { code: error.code, message: error.message, nextStep: error.nextStep, kind: error.kind };
  }
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : String(error),
    nextStep: 'This is a defect of the workbench: please report it with the log of the run.',
    kind: 'failure',
  };
}

/** The reverse of {@link reportError}, on the receiving side of a process edge. */
export function errorFromReport(report: ErrorReport): WorkbenchError {
  return new WorkbenchError(report.code, report.message, report.nextStep, { kind: report.kind });
}
