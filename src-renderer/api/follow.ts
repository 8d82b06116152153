import { connection } from './api.ts';
import { isAborted, reportOf } from './errors.ts';
import type { ErrorReport } from '../../src-main/workbench/contract.ts';

/**
 * Reads a stream of the workbench until `signal` is aborted or the stream ends by itself, and starts it again after the
 * connection was lost.
 *
 * @param failed is told of an error that is not a lost connection; the stream is over then
 */
export async function follow<Event>(
  start: (signal: AbortSignal) => Promise<AsyncIterable<Event>>,
  receive: (event: Event) => void,
  signal: AbortSignal,
  failed: (report: ErrorReport) => void = () => undefined,
): Promise<void> {
  while (!signal.aborted) {
    const { session } = connection;
    try {
      for await (const event of await start(signal)) {
        if (signal.aborted) return;
        receive(event);
      }
      if (connection.session === session && connection.status === 'open') return;
    } catch (error) {
      if (signal.aborted || isAborted(error)) {
        if (signal.aborted) return;
      } else if (connection.session === session && connection.status === 'open') {
        const report = reportOf(error);
        if (report.code !== 'connection-lost') {
          failed(report);
          return;
        }
      }
    }
    await connection.nextSession(session, signal);
  }
}
