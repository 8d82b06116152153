import { connection } from './api.ts';
import { reportOf } from './errors.ts';

const never = new AbortController().signal;

/**
 * The answer to a question that changes nothing: if the connection is lost meanwhile, it is asked again once there is one.
 *
 * @throws whatever else it ends with
 */
export async function askAgain<Value>(
  ask: () => Promise<Value>,
  signal: AbortSignal = never,
): Promise<Value> {
  for (;;) {
    // Without a connection, a question waits for the next.
    const asked = connection.session + (connection.status === 'open' ? 0 : 1);
    try {
      return await ask();
    } catch (error) {
      // A stream that breaks off does not say why.
      const isLost =
        connection.status !== 'open' ||
        connection.session > asked ||
        reportOf(error).code === 'connection-lost';
      if (!isLost || signal.aborted) throw error;
      await connection.nextSession(0, signal);
    }
  }
}
