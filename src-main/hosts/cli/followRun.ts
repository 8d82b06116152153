import type { StoredError } from '../../foundation/errors.ts';
import { exitCodeOf, exitCodes } from './exitCodes.ts';
import { evaluationTable } from './output/evaluations.ts';
import { reportJson, reportText } from './output/reports.ts';
import { TrainingView } from './output/TrainingView.ts';
import type { Session } from './Session.ts';

/** Shows a started run until it ends, and reports how it ended. */
export async function followRun(session: Session, id: string): Promise<void> {
  const { client, interrupts, progress } = session;
  const events = await client.runs.watch({ id });
  const { run } = await client.runs.get({ id });
  progress.note(`Run ${id}`);
  if (session.json) session.line({ type: 'run', run: id });
  const view = new TrainingView(progress, run.config.training.epochs);
  const stop = async (now: boolean) => {
    if (!now) progress.note('Stopping after this step, with a checkpoint. Ctrl+C again ends it at once.');
    await client.runs.stop({ id, now });
  };
  const end = await interrupts.during(stop, async () => {
    for await (const event of events) {
      if (event.type === 'ended') return event;
      if (session.json) session.line(event);
      view.show(event);
    }
    return undefined;
  });
  await reportRun(session, id, end);
}

/**
 * Reports how a run has ended: the last line of `train` and `resume`.
 *
 * @param end as the run itself reported it: on a full disk, the log may not hold it
 */
export async function reportRun(
  session: Session,
  id: string,
  end?: { status: string; error: StoredError | null },
): Promise<void> {
  const { client, progress } = session;
  const { run, evaluations, result: scored } = await client.runs.get({ id });
  const { status, error } = end ?? run;
  const result = status === 'finished' ? scored : null;
  session.result(
    {
      run: id,
      status,
      top1Error: result?.top1Error ?? null,
      top5Error: result?.top5Error ?? null,
      ...(error ? { error: reportJson(error) } : {}),
    },
    () => (status === 'finished' ? `${evaluationTable(evaluations)}\n` : `Run ${id}: ${status}.`),
  );
  if (error) process.stderr.write(reportText(error));
  if (status !== 'finished') progress.note(`Go on with: npm run -s vgg -- resume ${id}`);
  session.exitCode = exitCodeOfRun(status, error);
}

function exitCodeOfRun(status: string, error: StoredError | null): number {
  if (error) return exitCodeOf(error.kind);
  return status === 'finished' ? exitCodes.success : exitCodes.interrupted;
}
