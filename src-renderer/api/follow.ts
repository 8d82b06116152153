import { connection } from './api.ts';
import { reportOf } from './errors.ts';
import type { ErrorReport } from '../../src-main/workbench/contract.ts';

/**
 * Reads a stream of the workbench until `signal` is aborted or the stream ends by itself, and starts it again after the
 * connection was lost.
 *
 * @param failed is called with an error that is not a lost connection; the stream is over then
 */
export async function follow<Event>(
  start: (signal: AbortSignal) => Promise<AsyncIterable<Event>>,
  receive: (event: Event) => void,
  signal: AbortSignal,
  failed: (report: ErrorReport) => void = () => undefined,
): Promise<void> {
  const stopped = () => signal.aborted;
  while (!stopped()) {
    const { session } = connection;
    const isLost = () => connection.session !== session || connection.status !== 'open';
    try {
      for await (const event of await start(signal)) {
        if (stopped()) return;
        receive(event);
      }
      if (!isLost()) return;
    } catch (error) {
      if (stopped()) return;
      const report = reportOf(error);
      if (!isLost() && report.code !== 'connection-lost') {
        failed(report);
        return;
      }
    }
    await connection.nextSession(session, signal);
  }
}
