import { appendFileSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { metricLine, metricsHeader } from '../../src-main/runs/folder/metricsFile.ts';
import { RunFolder } from '../../src-main/runs/folder/RunFolder.ts';
import { giveSign } from '../../src-main/runs/folder/signOfLife.ts';
import { processOf } from '../../src-main/runs/owner.ts';
import type { Process } from '../../src-main/runs/records.ts';
import { OrphanTrainer, type Known } from '../../src-main/supervisor/OrphanTrainer.ts';
import type { FromTrainer } from '../../src-main/trainer/protocol.ts';
import { at, event, goneTrainer, started, writeJournal } from '../support/journal.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { point } from '../runs/fixtures.ts';

const here = processOf(process.pid);
const checkpoint = { type: 'checkpoint', kind: 'last', step: 2, epoch: 0, bytes: 10, logBytes: 90 } as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
});

/** What the trainer of a folder says, but for signs of life; and how to look at it. */
function listen(folder: RunFolder, trainer: Process, known: Known) {
  const link = new OrphanTrainer(folder, trainer, known);
  const heard: string[] = [];
  let beats = 0;
  const ends: unknown[] = [];
  link.onMessage((message: FromTrainer) => {
    if (message.type === 'alive') beats++;
    else heard.push(wordsOf(message));
  });
  link.onExit((exit) => {
    ends.push(exit);
  });
  const look = () => {
    vi.advanceTimersByTime(250);
    return heard.splice(0);
  };
  return { link, look, ends, beats: () => beats };
}

function wordsOf(message: FromTrainer): string {
  if (message.type !== 'event') return message.type;
  const { event } = message;
  return event.type === 'metrics' ? `${event.step}: ${JSON.stringify(event.values)}` : event.type;
}

it('tells how it began, and then what is new: all metrics before a checkpoint first', () => {
  const folder = new RunFolder(temporaryFolder());
  appendFileSync(folder.metrics, metricsHeader + metricLine(point(1, 9)));
  const known = metricsHeader.length + metricLine(point(1, 9)).length;
  writeJournal(folder, here, [event(started(metricsHeader.length))]);
  const { look, ends, beats } = listen(folder, here, {
    journal: journalBytes(folder),
    metrics: known,
    started: started(metricsHeader.length),
  });
  appendFileSync(folder.metrics, metricLine(point(2, 8)) + metricLine(point(2, NaN, 'other')));
  appendFileSync(folder.journal, `${JSON.stringify(event(checkpoint))}\n{"half": `);
  expect(look()).toEqual(['started', '2: {"loss":8,"other":null}', 'checkpoint']);
  expect(beats()).toBe(0);
  writeFileSync(folder.lock, '');
  giveSign(folder);
  expect(look()).toEqual([]);
  expect(beats()).toBe(1);
  expect(look()).toEqual([]);
  expect(beats()).toBe(1);
  appendFileSync(folder.metrics, metricLine(point(3, 7)));
  expect(look()).toEqual(['3: {"loss":7}']);
  expect(ends).toEqual([]);
});

it('hears nothing of the trainer before it, and then all from its beginning', () => {
  const folder = new RunFolder(temporaryFolder());
  const before = metricsHeader + metricLine(point(1, 9));
  appendFileSync(folder.metrics, before + metricLine(point(2, 8)));
  writeJournal(folder, goneTrainer, [event(started(metricsHeader.length)), event(checkpoint)]);
  const { look } = listen(folder, here, { journal: 0, metrics: 5, started: undefined });
  expect(look()).toEqual([]);
  writeJournal(folder, here, []);
  expect(look()).toEqual([]);
  appendFileSync(folder.journal, `${JSON.stringify(event(started(before.length, 1)))}\n`);
  expect(look()).toEqual(['started', '2: {"loss":8}']);
});

it('tells the end of one that is gone after all that it left', () => {
  const folder = new RunFolder(temporaryFolder());
  appendFileSync(folder.metrics, metricsHeader + metricLine(point(1, 9)));
  writeJournal(folder, goneTrainer, [
    event(started(metricsHeader.length)),
    { type: 'done', at, status: 'finished' },
  ]);
  const { look, ends } = listen(folder, goneTrainer, { journal: 0, metrics: 0, started: undefined });
  expect(look()).toEqual(['started', '1: {"loss":9}', 'done']);
  expect(ends).toEqual([{ code: null, signal: null }]);
  expect(look()).toEqual([]);
  expect(ends).toHaveLength(1);
});

it('is asked to stop by a file', () => {
  const folder = new RunFolder(temporaryFolder());
  const { link, look } = listen(folder, here, { journal: 0, metrics: 0, started: undefined });
  link.send({ type: 'leave' });
  expect(existsSync(folder.stop)).toBe(false);
  link.send({ type: 'stop' });
  expect(existsSync(folder.stop)).toBe(true);
  // As it begins, it removes the file.
  rmSync(folder.stop);
  look();
  expect(existsSync(folder.stop)).toBe(true);
});

function journalBytes(folder: RunFolder): number {
  return statSync(folder.journal).size;
}
