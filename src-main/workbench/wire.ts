import { ORPCError } from '@orpc/server';
import type { ErrorReport } from '../foundation/errors.ts';
import { reportOf } from './reports.ts';

/**
 * What the oRPC handler of every transport is made with. Errors cross as the report of what was thrown, the data of oRPC's
 * own error, whether a call fails or a stream does. A defect also leaves its stack in the program's output.
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

function onTheWire(error: unknown): ORPCError<string, ErrorReport> {
  const report = reportOf(error);
  if (report.code === 'internal') console.error(error);
  const status = report.kind === 'input' ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
  return new ORPCError(status, { message: report.message, data: report, cause: error });
}
