import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import type { ErrorReport } from '../../src-main/workbench/contract.ts';

const reportSchema = z.object({
  // Both ends are of one version.
  code: z.custom<ErrorReport['code']>((code) => typeof code === 'string'),
  message: z.string(),
  nextStep: z.string(),
  kind: z.enum(['input', 'failure', 'interrupted']),
}) satisfies z.ZodType<ErrorReport>;

/** What a call of the workbench ends with when it fails: a code, the fact, the next step. */
export class ApiError extends Error {
  readonly report: ErrorReport;

  constructor(report: ErrorReport) {
    super(report.message);
    this.report = report;
  }
}

/** Takes the report out of what oRPC throws. */
export function errorOf(error: unknown): unknown {
  if (!(error instanceof ORPCError)) return error;
  const report = reportSchema.safeParse(error.data);
  return report.success ? new ApiError(report.data) : error;
}

/** The error that the workbench answered with instead of a file; undefined if it is none. */
export function errorFromAnswer(answer: unknown): ApiError | undefined {
  const report = reportSchema.safeParse(answer);
  return report.success ? new ApiError(report.data) : undefined;
}

/** Of anything thrown: what to show. */
export function reportOf(thrown: unknown): ErrorReport {
  const error = errorOf(thrown);
  if (error instanceof ApiError) return error.report;
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : String(error),
    nextStep: 'This is a defect of the window: reload it, and please report it.',
    kind: 'failure',
  };
}

export function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
