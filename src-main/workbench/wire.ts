import { ORPCError } from '@orpc/server';
import type { ErrorReport } from '../foundation/errors.ts';
import { reportOf } from './reports.ts';

/**
 * Options for the oRPC handler of every transport. An error is sent as its report, in the data of oRPC's own error,
 * whether a call or a stream fails. For a defect, the stack is also written to the program's output.
 */
export const wireOptions = {
  clientInterceptors: [
    async ({ next }: { next: () => Promise<unknown> }): Promise<unknown> => {
      try {
        const output = await next();
        return isStream(output) ? withReports(output) : output;
      } catch (error) {
        throw onTheWire(error);
      }
    },
  ],
};

function isStream(output: unknown): output is AsyncGenerator<unknown, unknown, undefined> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

async function* withReports(events: AsyncGenerator<unknown, unknown, undefined>) {
  try {
    return yield* events;
  } catch (error) {
    throw onTheWire(error);
  }
}

/** A window that went to another page takes its questions back: that is no defect. */
function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function onTheWire(error: unknown): ORPCError<string, ErrorReport> {
  const report = reportOf(error);
  if (report.code === 'internal' && !isAborted(error)) console.error(error);
  const status = report.kind === 'input' ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
  return new ORPCError(status, { message: report.message, data: report, cause: error });
}
