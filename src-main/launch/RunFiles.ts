import { readFileSync, statSync } from 'node:fs';
import type { RunFolder } from '../runs/folder/RunFolder.ts';
import { trainingEventSchema, type TrainingEvent } from '../training/events.ts';
import { readReport, type NodeReport } from './events.ts';
import { JobFolder } from './places.ts';

/** What has changed of a run's files since the last look. */
export interface FileChanges {
  events: boolean;
  metrics: boolean;
  /** What is being done besides training, if that has changed. */
  activity: TrainingEvent | null;
}

/** The files that a node writes for one run, as far as the login side has seen them. */
export class RunFiles {
  readonly job: JobFolder;
  readonly #metricsPath: string;
  #events = '';
  #metrics = '';
  #progress = '';
  #report: NodeReport | undefined;
  #changedAt = Date.now();

  constructor(home: string, folder: RunFolder, run: string) {
    this.job = new JobFolder(home, run);
    this.#metricsPath = folder.metrics;
  }

  /** As of the last look. */
  get report(): NodeReport {
    this.#report ??= readReport(this.job.events);
    return this.#report;
  }

  /** When this process last saw a change, in milliseconds since 1970: the clocks of other machines are not asked. */
  get changedAt(): number {
    return this.#changedAt;
  }

  look(): FileChanges {
    const events = sizeOf(this.job.events);
    // A run that no node has begun has no metrics that change.
    if (events === '') return { events: false, metrics: false, activity: null };
    const [metrics, progress] = [sizeOf(this.#metricsPath), stampOf(this.job.progress)];
    const changes = { events: events !== this.#events, metrics: metrics !== this.#metrics };
    const activity = progress === this.#progress ? null : activityIn(this.job.progress);
    if (changes.events) this.#report = readReport(this.job.events);
    if (changes.events || changes.metrics || activity) this.#changedAt = Date.now();
    [this.#events, this.#metrics, this.#progress] = [events, metrics, progress];
    return { ...changes, activity };
  }
}

function sizeOf(path: string): string {
  return String(statSync(path, { throwIfNoEntry: false })?.size ?? '');
}

function stampOf(path: string): string {
  return String(statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? '');
}

function activityIn(path: string): TrainingEvent | null {
  try {
    return trainingEventSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // It is just being written.
    return null;
  }
}
