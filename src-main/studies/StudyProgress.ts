import type { Protocol } from '../configuration/schema.ts';
import type { RunStatus } from '../runs/records.ts';
import type { TrainingEvent } from '../training/events.ts';
import { describeNetwork } from '../vgg/describe.ts';
import type { PlannedRun } from './plan.ts';

export type StudyRunStatus = RunStatus | 'blocked';

/** Where one run of a study stands. */
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
  /** Of the last validation, a centre crop, while it trains; of its single-scale evaluation when done. */
  top1Error: { percent: number; protocol: Protocol } | null;
}

export interface StudySnapshot {
  id: string;
  runs: StudyRunProgress[];
  /** What goes on besides training, in a few words. */
  activity: string | null;
  seconds: number;
  /** Seconds to the end, from the rate so far; null before there is one. */
  etaSeconds: number | null;
}

/** Keeps the overview of a study while it runs. */
export class StudyProgress {
  readonly #id: string;
  readonly #runs = new Map<string, StudyRunProgress & { cost: number }>();
  readonly #began = performance.now();
  #costBefore = 0;
  #activity: string | null = null;

  constructor(id: string, plan: readonly PlannedRun[]) {
    this.#id = id;
    for (const { key, config } of plan) {
      this.#runs.set(key, {
        key,
        runId: null,
        status: 'queued',
        done: 0,
        epoch: 0,
        epochs: config.training.epochs,
        loss: null,
        imagesPerSecond: null,
        top1Error: null,
        cost: costOf(config),
      });
    }
  }

  /** What a run brings from earlier sessions is no basis for the rate. */
  inherit(key: string, values: Partial<StudyRunProgress> & { done: number }): void {
    const run = this.#runs.get(key);
    if (run) this.#costBefore += run.cost * (values.done - run.done);
    this.change(key, values);
  }

  change(key: string, values: Partial<StudyRunProgress>): void {
    const run = this.#runs.get(key);
    if (run) this.#runs.set(key, { ...run, ...values });
  }

  observe(key: string, event: TrainingEvent, stepsPerEpoch: number): void {
    const run = this.#runs.get(key);
    if (!run) return;
    this.#activity = null;
    if (event.type === 'started') {
      this.inherit(key, { done: event.step / event.totalSteps });
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
      const { testScales, top1Error: percent, protocol } = event;
      if (testScales.length === 1) this.change(key, { top1Error: { percent, protocol } });
    } else if (event.type === 'progress') {
      this.#activity = `${event.activity}, ${event.done} of ${event.total}`;
    }
  }

  snapshot(): StudySnapshot {
    const seconds = (performance.now() - this.#began) / 1000;
    const done = this.#costDone();
    const since = done - this.#costBefore;
    const open = [...this.#runs.values()].reduce((sum, run) => sum + (isOver(run.status) ? 0 : run.cost), 0);
    const left =
      open -
      [...this.#runs.values()].reduce((sum, run) => sum + (isOver(run.status) ? 0 : run.cost * run.done), 0);
    return {
      id: this.#id,
      runs: [...this.#runs.values()].map(({ cost: _cost, ...run }) => run),
      activity: this.#activity,
      seconds,
      etaSeconds: since > 0 ? (seconds * left) / since : null,
    };
  }

  #costDone(): number {
    return [...this.#runs.values()].reduce((sum, run) => sum + run.cost * run.done, 0);
  }
}

function isOver(status: StudyRunStatus): boolean {
  return status === 'finished' || status === 'failed' || status === 'blocked';
}

/** Work of a run, in multiply-accumulates for an image times epochs: enough to compare the runs of one study. */
function costOf({ network, training }: PlannedRun['config']): number {
  return describeNetwork({ ...network, classes: network.classes ?? 10 }).macs * training.epochs;
}
