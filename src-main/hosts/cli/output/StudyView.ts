import type { StudyEvent } from '../../../workbench/contract.ts';
import { jobStatusText } from '../../../vocabulary/jobStatus.ts';
import { bar } from './bar.ts';
import { durationText } from '../../../vocabulary/durations.ts';
import { percentText } from '../../../vocabulary/percentages.ts';
import type { Progress } from './Progress.ts';
import { alignColumns } from './textTable.ts';

type Snapshot = StudyEvent['snapshot'];
type StudyRun = Snapshot['runs'][number];

/** Shows a study under way: a changing overview of its trainings, and a permanent line for each that has ended. */
export class StudyView {
  readonly #progress: Progress;
  readonly #shown = new Map<string, StudyRun['status']>();

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  show(snapshot: Snapshot): void {
    for (const run of snapshot.runs) {
      const before = this.#shown.get(run.key);
      this.#shown.set(run.key, run.status);
      if (before !== undefined && before !== run.status && isOver(run)) this.#progress.note(endedLine(run));
    }
    this.#progress.show(overview(snapshot), summary(snapshot));
  }
}

function overview(snapshot: Snapshot): string[] {
  const rows = snapshot.runs.map((run) => [
    run.key,
    run.status,
    bar(run.done),
    run.epoch > 0 || run.status === 'running'
      ? `epoch ${Math.min(run.epoch + 1, run.epochs)}/${run.epochs}`
      : '',
    run.loss === null ? '' : `loss ${run.loss.toFixed(3)}`,
    topOneText(run),
    run.status === 'running' && run.imagesPerSecond !== null
      ? `${run.imagesPerSecond.toFixed(0)} images/s`
      : '',
    run.jobStatus === null ? '' : jobStatusText(run.jobStatus, Date.now()),
  ]);
  return [...alignColumns(rows, (column) => column === 5), summary(snapshot)];
}

function summary({ runs, activity, seconds, etaSeconds }: Snapshot): string {
  const current = runs.filter(({ status }) => status === 'running');
  const parts = [
    `${runs.filter(isOver).length} of ${runs.length} nets`,
    ...current.map(({ key, done }) => `${key} ${(100 * done).toFixed(0)} %`),
    activity,
    `${durationText(seconds)} so far`,
    etaSeconds === null ? undefined : `about ${durationText(etaSeconds)} left`,
  ];
  return parts.filter((part) => typeof part === 'string').join(' · ');
}

/** The error with its protocol, since the validation of a running net differs from the evaluation in the tables. */
function topOneText({ top1Error }: StudyRun): string {
  return top1Error === null ? '' : `${top1Error.protocol} top-1 ${percentText(top1Error.percent)}`;
}

function endedLine(run: StudyRun): string {
  const { key, status, loss } = run;
  const error = topOneText(run);
  const parts = [
    `${key} ${status}`,
    loss === null ? undefined : `loss ${loss.toFixed(3)}`,
    error === '' ? undefined : error,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function isOver({ status }: StudyRun): boolean {
  return ['finished', 'failed', 'diverged', 'blocked'].includes(status);
}
