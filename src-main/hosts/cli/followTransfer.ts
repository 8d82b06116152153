import type { ExportEvent, ImportEvent } from '../../workbench/contract.ts';
import { bytesText } from '../../vocabulary/bytes.ts';
import type { Session } from './Session.ts';

type Progress = Extract<ExportEvent, { type: 'progress' }>;

/** Shows the progress of an export or import until it ends, and returns its last event; an interruption ends it. */
export async function followTransfer<Event extends ExportEvent | ImportEvent>(
  session: Session,
  start: (signal: AbortSignal) => Promise<AsyncIterable<Event>>,
): Promise<Exclude<Event, Progress>> {
  const { interrupts, progress } = session;
  const interruption = new AbortController();
  const stop = () => {
    interruption.abort();
  };
  const last = await interrupts.during(stop, async () => {
    let latest: Event | undefined;
    for await (const event of await start(interruption.signal)) {
      latest = event;
      if (isProgress(event))
        progress.show([`${bytesText(event.doneBytes)} of ${bytesText(event.totalBytes)}`]);
    }
    return latest;
  });
  if (last === undefined || isProgress(last)) throw new Error('A transfer ends with its result or an error.');
  return last as Exclude<Event, Progress>;
}

function isProgress(event: ExportEvent | ImportEvent): event is Progress {
  return event.type === 'progress';
}
