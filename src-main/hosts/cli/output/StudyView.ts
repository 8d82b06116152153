import type { StudyEvent } from '../../../workbench/contract.ts';
import { reasonText } from '../../../vocabulary/slurmReasons.ts';
import { jobStatusText, type JobStatus } from '../../../vocabulary/jobStatus.ts';
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
  /** What was last written of each that is at a cluster; empty if nothing was. */
  readonly #turns = new Map<string, string>();

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  show(snapshot: Snapshot): void {
    for (const run of snapshot.runs) {
      const before = this.#shown.get(run.key);
      this.#shown.set(run.key, run.status);
      if (before !== undefined && before !== run.status && isOver(run)) this.#progress.note(endedLine(run));
      this.#tellTurn(run);
    }
    this.#progress.show(overview(snapshot), summary(snapshot));
  }

  /** What happens to one at a cluster besides its end stays to be read too. */
  #tellTurn({ key, jobStatus }: StudyRun): void {
    if (jobStatus === null) return;
    const turn = turnOf(jobStatus);
    const before = this.#turns.get(key);
    this.#turns.set(key, turn);
    if (before !== undefined && before !== turn && turn !== '') this.#progress.note(`${key} ${turn}`);
  }
}

/** What has happened to one at a cluster; empty if that is nothing special. */
function turnOf({ cluster, state, attempt, node }: JobStatus): string {
  if (state === 'given back') return `given back after attempt ${attempt}, goes on`;
  if (state === 'lost') return `lost after attempt ${attempt}, starts again`;
  return state === 'running' && attempt > 1 ? `goes on on ${node ?? cluster}, attempt ${attempt}` : '';
}

/** A row for each training; what one waits for stands in place of its figures. */
function overview(snapshot: Snapshot): string[] {
  const { runs } = snapshot;
  const heads = alignColumns(
    runs.map(({ key, status }) => [key, status]),
    () => false,
  );
  const width = Math.max(...heads.map(({ length }) => length));
  const figures = alignColumns(
    runs.map((run) => (waits(run) ? [] : figuresOf(run))),
    (column) => column === 4,
  );
  const rows = runs.map((run, index) => {
    const rest = run.jobStatus !== null && waits(run) ? waitingText(run, run.jobStatus) : figures[index];
    return `${heads[index]?.padEnd(width) ?? ''}  ${rest ?? ''}`.trimEnd();
  });
  return [...rows, summary(snapshot)];
}

function figuresOf(run: StudyRun): string[] {
  const isRunning = run.status === 'running';
  return [
    bar(run.done),
    run.epoch > 0 || isRunning ? `epoch ${Math.min(run.epoch + 1, run.epochs)}/${run.epochs}` : '',
    // Before the figures: a narrow terminal cuts off what is last.
    run.jobStatus === null ? '' : jobStatusText(run.jobStatus, Date.now()),
    run.loss === null ? '' : `loss ${run.loss.toFixed(3)}`,
    topOneText(run),
    isRunning && run.imagesPerSecond !== null ? `${run.imagesPerSecond.toFixed(0)} images/s` : '',
  ];
}

/** Whether it waits in a cluster. */
function waits({ jobStatus }: StudyRun): boolean {
  return jobStatus !== null && jobStatus.state !== 'running';
}

function waitingText({ done }: StudyRun, jobStatus: JobStatus): string {
  const text = jobStatusText(jobStatus, Date.now());
  return done === 0 ? text : `${(100 * done).toFixed(0)} %, ${text}`;
}

function summary({ runs, activity, seconds, etaSeconds }: Snapshot): string {
  const current = runs.filter(({ status }) => status === 'running');
  const parts = [
    runs.length === 1 ? undefined : `${runs.filter(isOver).length} of ${runs.length} nets`,
    ...current.map(({ key, done }) => `${key} ${(100 * done).toFixed(0)} %`),
    waitingSummary(runs),
    activity,
    `${durationText(seconds)} so far`,
    etaSeconds === null ? undefined : `about ${durationText(etaSeconds)} left`,
  ];
  return parts.filter((part) => typeof part === 'string').join(' · ');
}

/** Of those that wait in a cluster: how many, and for what. */
function waitingSummary(runs: readonly StudyRun[]): string | undefined {
  const waiting = runs.filter(waits);
  const reasons = new Set(waiting.flatMap(({ jobStatus }) => jobStatus?.reason ?? []));
  if (waiting.length === 0) return undefined;
  const why = reasons.size === 0 ? '' : `: ${[...reasons].map(reasonText).join(', ')}`;
  return `${waiting.length === 1 ? '1 waits' : `${waiting.length} wait`}${why}`;
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
