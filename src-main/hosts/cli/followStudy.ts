import { exitCodeOf, exitCodes } from './exitCodes.ts';
import { reportJson, reportText } from './output/reports.ts';
import { StudyView } from './output/StudyView.ts';
import type { Session } from './Session.ts';
import type { StudyEvent } from '../../workbench/contract.ts';

/** Shows a study that is under way until it ends; Ctrl+C stops it after a checkpoint. */
export async function followStudy(session: Session, id: string): Promise<void> {
  const { client, interrupts, progress } = session;
  const stop = async (now: boolean) => {
    if (!now) progress.note('Stopping after this step, with a checkpoint. Ctrl+C again ends it at once.');
    await client.studies.stop({ id, now });
  };
  await interrupts.during(stop, async () => showStudy(session, await client.studies.watch({ id })));
}

/** Shows what a study reports. @returns whether it reported its end */
export async function showStudy(session: Session, events: AsyncIterable<StudyEvent>): Promise<boolean> {
  const view = new StudyView(session.progress);
  for await (const event of events) {
    if (session.json)
      session.line(
        event.type === 'ended' && event.error ? { ...event, error: reportJson(event.error) } : event,
      );
    view.show(event.snapshot);
    if (event.type !== 'ended') continue;
    const { status, error } = event;
    if (error) process.stderr.write(reportText(error));
    // A study is paused if only a part of its runs was requested and that part is done.
    if (status !== 'finished' && (status !== 'paused' || error))
      session.exitCode = error ? exitCodeOf(error.kind) : exitCodes.interrupted;
    return true;
  }
  return false;
}
