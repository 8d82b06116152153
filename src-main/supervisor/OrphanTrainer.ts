import { isDeepStrictEqual } from 'node:util';
import { closeSync, existsSync, openSync, readSync, writeFileSync } from 'node:fs';
import { bytesOf, fileError } from '../foundation/files.ts';
import { jsonLines } from '../foundation/jsonLines.ts';
import { journalLineSchema, type JournalLine } from '../runs/folder/journal.ts';
import { metricsParts } from '../runs/folder/metricsFile.ts';
import type { RunFolder } from '../runs/folder/RunFolder.ts';
import { lastSign } from '../runs/folder/signOfLife.ts';
import { isAlive } from '../runs/owner.ts';
import type { MetricPoint, Process } from '../runs/records.ts';
import type { FromTrainer, ToTrainer } from '../trainer/protocol.ts';
import type { TrainingEvent } from '../training/events.ts';
import type { TrainerExit, TrainerLink } from './TrainerLink.ts';

const millisecondsBetweenLooks = 250;

type Started = Extract<TrainingEvent, { type: 'started' }>;

/** Up to where a trainer's files are known already, in bytes. */
export interface Known {
  journal: number;
  /** Of one that has not begun, the file of metrics is still that of the trainer before it. */
  metrics: number;
  /** How it began, to be reported once more; undefined if it has not. */
  started: Started | undefined;
}

/**
 * A trainer that another process started and that is still at work: what it writes into its run's folder are its messages,
 * and a file there asks it to stop.
 */
export class OrphanTrainer implements TrainerLink {
  readonly #folder: RunFolder;
  readonly #trainer: Process;
  readonly #known: Known;
  #hasBegun = false;
  #isToStop = false;
  readonly #timer: NodeJS.Timeout;
  #beat = 0;
  #report: (message: FromTrainer) => void = () => undefined;
  #exit: (exit: TrainerExit) => void = () => undefined;

  constructor(folder: RunFolder, trainer: Process, known: Known) {
    this.#folder = folder;
    this.#trainer = trainer;
    this.#known = known;
    this.#timer = setInterval(() => {
      this.#look();
    }, millisecondsBetweenLooks);
  }

  onStart(receive: (pid: number) => void): void {
    receive(this.#trainer.pid);
  }

  send({ type }: ToTrainer): void {
    // It has its job, and ends by itself.
    if (type !== 'stop') return;
    this.#isToStop = true;
    this.#askToStop();
  }

  onMessage(receive: (message: FromTrainer) => void): void {
    this.#report = receive;
  }

  /** What it prints went to the process that is gone. */
  onOutput(): void {
    return;
  }

  onExit(receive: (exit: TrainerExit) => void): void {
    this.#exit = receive;
  }

  kill(): void {
    if (isAlive(this.#trainer)) process.kill(this.#trainer.pid, 'SIGKILL');
  }

  #look(): void {
    // First: what a process that is gone has written is all there.
    const isGone = !isAlive(this.#trainer);
    try {
      this.#hear();
      // One that had not begun has removed what it took for the wish of an earlier time.
      if (this.#isToStop && !isGone && !existsSync(this.#folder.stop)) this.#askToStop();
    } catch {
      // A file that cannot be read now is read the next time.
    }
    if (!isGone) return;
    clearInterval(this.#timer);
    this.#exit({ code: null, signal: null });
  }

  #askToStop(): void {
    const { stop } = this.#folder;
    try {
      writeFileSync(stop, '');
    } catch (error) {
      throw fileError(error, stop);
    }
  }

  /** The journal is read before the metrics: all metrics before a checkpoint that it names are then there, and come first. */
  #hear(): void {
    const beat = lastSign(this.#folder);
    if (beat !== this.#beat) this.#report({ type: 'alive' });
    this.#beat = beat;
    if (this.#known.started && !this.#hasBegun) this.#begin(this.#known.started, this.#known.metrics);
    const lines = this.#newLines();
    const begin = lines.findIndex((line) => line.type === 'event' && line.event.type === 'started');
    for (const line of lines.slice(0, begin + 1)) this.#pass(line);
    this.#reportMetrics();
    for (const line of lines.slice(begin + 1)) this.#pass(line);
  }

  #newLines(): JournalLine[] {
    const { bytes, text } = newText(this.#folder.journal, this.#known.journal);
    const lines = jsonLines(journalLineSchema, text);
    if (this.#known.journal === 0) {
      const [head] = lines;
      if (head?.type !== 'trainer' || !isDeepStrictEqual(head.trainer, this.#trainer)) return [];
    }
    this.#known.journal += bytes;
    return lines;
  }

  #pass(line: JournalLine): void {
    switch (line.type) {
      case 'trainer':
        return;
      case 'event':
        if (line.event.type === 'started') this.#begin(line.event, line.event.logBytes);
        else this.#report({ type: 'event', event: line.event });
        return;
      case 'done':
        this.#report({ type: 'done', status: line.status });
        return;
      case 'failed':
        this.#report({ type: 'failed', error: line.error });
    }
  }

  #begin(started: Started, metrics: number): void {
    this.#hasBegun = true;
    this.#known.metrics = metrics;
    this.#report({ type: 'event', event: started });
  }

  #reportMetrics(): void {
    if (!this.#hasBegun) return;
    for (const { points, end } of metricsParts(this.#folder.metrics, this.#known.metrics)) {
      for (const event of metricsOf(points)) this.#report({ type: 'event', event });
      this.#known.metrics = end;
    }
  }
}

/** The whole lines of a file after a position. */
function newText(path: string, from: number): { bytes: number; text: string } {
  const size = bytesOf(path);
  if (size <= from) return { bytes: 0, text: '' };
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(size - from);
    const read = readSync(file, buffer, 0, buffer.length, from);
    const bytes = buffer.subarray(0, read).lastIndexOf('\n') + 1;
    return { bytes, text: buffer.toString('utf8', 0, bytes) };
  } finally {
    closeSync(file);
  }
}

/** The events of which these are the points: those of one stand one after the other. */
function metricsOf(
  points: readonly (MetricPoint | undefined)[],
): Extract<TrainingEvent, { type: 'metrics' }>[] {
  const events: Extract<TrainingEvent, { type: 'metrics' }>[] = [];
  for (const point of points) {
    // The header.
    if (!point) continue;
    const { step, epoch, seconds, name, value } = point;
    const last = events.at(-1);
    if (last?.step === step && last.epoch === epoch && last.seconds === seconds) last.values[name] = value;
    else events.push({ type: 'metrics', step, epoch, seconds, values: { [name]: value } });
  }
  return events;
}
