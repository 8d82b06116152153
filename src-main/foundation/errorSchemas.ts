import { z } from 'zod';
import { isErrorCode, type ErrorCode } from './errorCodes.ts';
import type { ErrorReport, ForeignCode, Problem, StoredError } from './errors.ts';

/*
 * How errors are read where they cross a process or come from a file. Apart from the errors themselves, so that the
 * threads that prepare images need not load zod: that is a third of their start.
 */

/** A code of another version is not known here; what the error says is still shown. */
const errorCodeSchema = z
  .string()
  .transform((code): ErrorCode => (isErrorCode(code) ? code : 'unrecognised'));

export const problemSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  nextStep: z.string(),
}) satisfies z.ZodType<Problem>;

export const errorReportSchema = problemSchema.extend({
  kind: z.enum(['input', 'failure', 'interrupted']),
}) satisfies z.ZodType<ErrorReport>;

export const storedErrorSchema = errorReportSchema.extend({
  code: z.string().transform((code) => code as ErrorCode | ForeignCode),
}) satisfies z.ZodType<StoredError>;
