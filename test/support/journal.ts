import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { JournalLine } from '../../src-main/runs/folder/journal.ts';
import type { RunFolder } from '../../src-main/runs/folder/RunFolder.ts';
import type { Owner, Process } from '../../src-main/runs/records.ts';
import type { TrainingEvent } from '../../src-main/training/events.ts';
import { dataset, environment } from '../runs/fixtures.ts';

/** Processes that have ended. */
export const goneTrainer: Process = { pid: process.pid, started: 'another boot:1' };
export const goneOwner: Owner = { pid: process.pid, started: 'another boot:2', host: hostname() };

export const at = '2026-01-02T03:04:05.000Z';

export function event(of: TrainingEvent): JournalLine {
  return { type: 'event', at, event: of };
}

/** @param logBytes length of the file of metrics at that moment */
export function started(logBytes: number, step = 0): Extract<TrainingEvent, { type: 'started' }> {
  const { device, processes } = environment;
  return {
    ...{ type: 'started', step, totalSteps: 60, stepsPerEpoch: 10, logBytes, parameters: 1, dataset },
    ...{ device, tensorflow: '2.21.0', kernels: null, processes, threads: 3 },
  };
}

export function evaluated(top1Error: number): TrainingEvent {
  return {
    ...{ type: 'evaluation', checkpoint: 'best', step: 20, dataset, seconds: 1.5 },
    ...{ protocol: 'dense', testScales: [64], average: 'before-softmax', horizontalFlip: true },
    ...{ images: 400, top1Error, top5Error: 1 },
  };
}

/** What a trainer leaves that reported this. */
export function writeJournal(folder: RunFolder, trainer: Process, lines: readonly JournalLine[]): void {
  const head: JournalLine = { type: 'trainer', at, trainer, place: placeOf() };
  writeFileSync(folder.journal, [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
}

function placeOf() {
  const { workbench, node, tfjs, platform, cpu, gpu, commit } = environment;
  return { workbench, node, tfjs, platform, cpu, gpu, commit };
}
