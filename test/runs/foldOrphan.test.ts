import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JournalLine } from '../../src-main/runs/folder/journal.ts';
import { metricLine, metricsHeader } from '../../src-main/runs/folder/metricsFile.ts';
import { ownerOf, processOf } from '../../src-main/runs/owner.ts';
import type { Owner, Process } from '../../src-main/runs/records.ts';
import { at, evaluated, event, goneOwner, goneTrainer, started, writeJournal } from '../support/journal.ts';
import { codeOf, config, dataset, openLog, point } from './fixtures.ts';

const here = processOf(process.pid);

/** A run that was trained under an owner, and what its trainer left: two metrics and a journal. */
function orphanRun(owner: Owner, trainer: Process, lines: readonly JournalLine[]) {
  const log = openLog();
  const { id } = log.create({ config: config() });
  const folder = log.folder(id);
  log.setStatus(id, 'running', { owner });
  appendFileSync(folder.metrics, metricsHeader + metricLine(point(1, 2.5)) + metricLine(point(2, 1.5)));
  writeJournal(folder, trainer, lines);
  return { log, id, folder };
}

const reported = [event(started(metricsHeader.length)), event(evaluated(12.5))];

describe('a run whose program is gone', () => {
  it('is trained while its trainer is, and the log follows', async () => {
    const { log, id } = orphanRun({ ...goneOwner, trainer: here }, here, reported);
    expect(log.runs.left()).toEqual([id]);
    await log.catchUpWith(id);
    const run = log.runs.get(id);
    expect(run).toMatchObject({
      status: 'running',
      dataset,
      environment: { threads: 3, cpu: 'a processor' },
    });
    expect(log.metrics.read(id)).toMatchObject([{ name: 'loss', steps: [1, 2], values: [2.5, 1.5] }]);
    expect(log.evaluations.of(id)).toMatchObject([{ top1Error: 12.5, createdAt: at, step: 20 }]);
    expect(log.rebuilt.failed).toEqual([]);
    // One of several takes it up.
    expect(log.claim(id)).toEqual(here);
    expect(log.runs.left()).toEqual([]);
    expect(codeOf(() => log.claim(id))).toBe('run-busy');
    expect(log.runs.get(id).owner).toEqual({ ...ownerOf(process.pid), trainer: here });
  });

  it('has ended as its trainer says, once, however often it is looked at', async () => {
    const { log, id, folder } = orphanRun({ ...goneOwner, trainer: goneTrainer }, goneTrainer, [
      ...reported,
      { type: 'done', at, status: 'finished' },
    ]);
    expect(log.runs.get(id).status).toBe('interrupted');
    await log.catchUpWith(id);
    const run = log.runs.get(id);
    expect(run).toMatchObject({ status: 'finished', finishedAt: at, owner: null });
    expect(folder.readRecord()).toMatchObject({ status: 'finished', finishedAt: at });
    expect(log.evaluations.of(id)).toHaveLength(1);
    expect(log.metrics.read(id)).toMatchObject([{ steps: [1, 2] }]);
    await log.catchUpWith(id);
    expect(log.runs.get(id)).toEqual(run);
  });

  it('has failed with the error that its trainer leaves', async () => {
    const error = {
      code: 'disk-full',
      message: 'No space.',
      nextStep: 'Free some.',
      kind: 'failure',
    } as const;
    const { log, id } = orphanRun({ ...goneOwner, trainer: goneTrainer }, goneTrainer, [
      ...reported,
      { type: 'failed', at, error },
    ]);
    await log.catchUpWith(id);
    expect(log.runs.get(id)).toMatchObject({ status: 'failed', error, finishedAt: at });
  });

  it('is interrupted if its trainer ended without a word, with what it had done', async () => {
    const { log, id, folder } = orphanRun({ ...goneOwner, trainer: goneTrainer }, goneTrainer, reported);
    await log.catchUpWith(id);
    expect(log.runs.get(id).status).toBe('interrupted');
    expect(folder.readRecord().status).toBe('interrupted');
    expect(log.evaluations.of(id)).toHaveLength(1);
    expect(log.claim(id)).toBeNull();
  });

  it('has nothing of what an earlier trainer left', async () => {
    const lines = [...reported, { type: 'done', at, status: 'finished' } as const];
    const { log, id } = orphanRun({ ...goneOwner, trainer: { ...goneTrainer, pid: 1 } }, goneTrainer, lines);
    await log.catchUpWith(id);
    expect(log.runs.get(id).status).toBe('interrupted');
    expect(log.evaluations.of(id)).toEqual([]);
  });

  it('is found to be trained if its program was killed before it could note the trainer', async () => {
    const { log, id } = orphanRun(goneOwner, here, reported);
    expect(log.runs.get(id).status).toBe('interrupted');
    await log.catchUpWith(id);
    expect(log.runs.get(id)).toMatchObject({ status: 'running', owner: { ...goneOwner, trainer: here } });
  });
});

it('leaves a run alone that another program leads', async () => {
  const { log, id } = orphanRun({ ...ownerOf(process.pid), trainer: goneTrainer }, goneTrainer, reported);
  expect(log.runs.left()).toEqual([]);
  await log.catchUpWith(id);
  expect(log.evaluations.of(id)).toEqual([]);
  expect(log.runs.get(id).status).toBe('running');
});
