import { sameEvaluation } from '../configuration/evaluations.ts';
import type { JobStatus } from '../vocabulary/jobStatus.ts';
import type { Protocol } from '../vocabulary/protocols.ts';
import type { StoredError } from '../foundation/errors.ts';
import type { RunStatus } from '../runs/records.ts';
import type { Responsiveness } from '../supervisor/SilenceWatch.ts';
import type { TrainingEvent } from '../training/events.ts';
import type { PlannedRun } from './PlannedRun.ts';
import { workOf, type ImageCounts } from './work.ts';

/** `diverged` is a result where the study is about divergence; `blocked` waits for a run that has failed. */
export type StudyRunStatus = RunStatus | 'blocked' | 'diverged';

/** The progress of one run of a study. */
export interface StudyRunProgress {
  key: string;
  runId: string | null;
  status: StudyRunStatus;
  /** Share of its training done, 0–1. */
  done: number;
  epoch: number;
  epochs: number;
  loss: number | null;
  imagesPerSecond: number | null;
  /** While it trains, the error of the last validation (a centre crop); when done, that of the first evaluation. */
  top1Error: { percent: number; protocol: Protocol } | null;
  /** Set for a run that has failed or diverged. */
  error: StoredError | null;
  /** Where it stands at a cluster; null for one that is trained here, and once it is over. */
  jobStatus: JobStatus | null;
}

export interface StudySnapshot {
  id: string;
  runs: StudyRunProgress[];
  /** What is being done besides training, in a few words. */
  activity: string | null;
  seconds: number;
  /** Seconds left, evaluation included, at the rate so far; null before there is a rate. */
  etaSeconds: number | null;
}

interface Share {
  training: number;
  evaluation: number;
}

interface Entry {
  planned: PlannedRun;
  shown: StudyRunProgress;
  /** Whether it is to be done in this session. */
  requested: boolean;
  evaluated: number;
  /** What is being done for it besides training. */
  activity: string | null;
  /** The share done by earlier sessions. */
  before: Share;
}

export function notStarted({ key, config }: PlannedRun): StudyRunProgress {
  return {
    key,
    runId: null,
    status: 'queued',
    done: 0,
    epoch: 0,
    epochs: config.training.epochs,
    loss: null,
    imagesPerSecond: null,
    top1Error: null,
    error: null,
    jobStatus: null,
  };
}

/** Keeps the overview of a study while it runs. */
export class StudyProgress {
  readonly #id: string;
  #runs: ReadonlyMap<string, Entry>;
  readonly #began = performance.now();
  #images: ImageCounts | undefined;

  /** @param before where its runs stood before this session; without it, none was begun */
  constructor(id: string, plan: readonly PlannedRun[], before: readonly StudyRunProgress[] = []) {
    this.#id = id;
    this.#runs = entriesOf(plan, before);
  }

  /** Sets another plan for the same study; the progress of runs under way stays as it is. */
  setPlan(plan: readonly PlannedRun[], before: readonly StudyRunProgress[]): void {
    const entries = entriesOf(plan, before);
    for (const [key, { shown, evaluated, activity, before }] of this.#runs) {
      const entry = entries.get(key);
      if (entry && shown.status === 'running') Object.assign(entry, { shown, evaluated, activity, before });
    }
    this.#runs = entries;
  }

  /** Sets the runs that the remaining time counts. */
  setRequested(keys: ReadonlySet<string>): void {
    for (const [key, entry] of this.#runs) entry.requested = keys.has(key);
  }

  statusOf(key: string): StudyRunStatus | undefined {
    return this.#runs.get(key)?.shown.status;
  }

  change(key: string, values: Partial<StudyRunProgress>): void {
    const entry = this.#runs.get(key);
    if (!entry) return;
    entry.shown = { ...entry.shown, ...values };
    if (values.status !== undefined) entry.activity = null;
    if (values.status === undefined || !isDone(values.status)) return;
    entry.shown.done = 1;
    entry.evaluated = 1;
  }

  observe(key: string, event: TrainingEvent | Responsiveness, stepsPerEpoch: number): void {
    const entry = this.#runs.get(key);
    if (!entry) return;
    const { shown: run } = entry;
    entry.activity = null;
    if (event.type === 'started') {
      const done = event.totalSteps === 0 ? 1 : event.step / event.totalSteps;
      this.#images = event.dataset;
      entry.before = { training: done, evaluation: 0 };
      this.change(key, { done });
    } else if (event.type === 'metrics') {
      const { step, epoch, values } = event;
      const validation = values['val/top1Error'];
      this.change(key, {
        epoch,
        done: Math.min(1, step / (stepsPerEpoch * run.epochs)),
        loss: values['train/loss'] ?? run.loss,
        imagesPerSecond: values.imagesPerSecond ?? run.imagesPerSecond,
        top1Error:
          validation === undefined ? run.top1Error : { percent: validation, protocol: 'centre-crop' },
      });
    } else if (event.type === 'evaluation') {
      const { top1Error: percent, protocol } = event;
      const [first] = entry.planned.evaluations;
      if (first && sameEvaluation(first, event)) this.change(key, { top1Error: { percent, protocol } });
    } else if (event.type === 'unresponsive') {
      entry.activity = 'the trainer does not respond';
    } else if (event.type === 'progress') {
      entry.activity = `${event.activity}, ${event.done} of ${event.total}`;
      if (event.activity === 'evaluating') {
        // Training may have ended before its last epoch.
        this.change(key, { done: 1 });
        entry.evaluated = event.total === 0 ? 1 : event.done / event.total;
      }
    }
  }

  snapshot(): StudySnapshot {
    const seconds = (performance.now() - this.#began) / 1000;
    return {
      id: this.#id,
      runs: [...this.#runs.values()].map(({ shown }) => shown),
      activity: this.#activity(),
      seconds,
      etaSeconds: this.#images === undefined ? null : this.#secondsLeft(seconds, this.#images),
    };
  }

  #activity(): string | null {
    const runs = [...this.#runs.values()];
    const isAlone = runs.filter(({ shown }) => shown.status === 'running').length <= 1;
    const activities = runs.flatMap(({ activity, shown }) =>
      activity === null ? [] : [isAlone ? activity : `${shown.key}: ${activity}`],
    );
    return activities.length === 0 ? null : activities.join('; ');
  }

  /** How long the remaining work takes at the rate of this session. */
  #secondsLeft(seconds: number, images: ImageCounts): number | null {
    let since = 0;
    let left = 0;
    for (const { planned, shown, requested, evaluated, before } of this.#runs.values()) {
      const work = workOf(planned.config, planned.evaluations, images);
      const of = (share: Share) => work.training * share.training + work.evaluation * share.evaluation;
      const now = of({ training: shown.done, evaluation: evaluated });
      since += now - of(before);
      if (requested && !isOver(shown.status)) left += work.training + work.evaluation - now;
    }
    return since > 0 ? (seconds * left) / since : null;
  }
}

function entriesOf(
  plan: readonly PlannedRun[],
  before: readonly StudyRunProgress[],
): ReadonlyMap<string, Entry> {
  const known = new Map(before.map((run) => [run.key, run]));
  return new Map(
    plan.map((planned) => {
      const shown = known.get(planned.key) ?? notStarted(planned);
      const evaluated = isDone(shown.status) ? 1 : 0;
      const before = { training: shown.done, evaluation: evaluated };
      return [planned.key, { planned, shown, requested: true, evaluated, activity: null, before }];
    }),
  );
}

/** Whether a run has nothing left to do. */
export function isDone(status: StudyRunStatus): boolean {
  return status === 'finished' || status === 'diverged';
}

function isOver(status: StudyRunStatus): boolean {
  return isDone(status) || status === 'failed' || status === 'blocked';
}
