import { hostname } from 'node:os';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { reportError } from '../../src-main/foundation/errors.ts';
import { ownerOf } from '../../src-main/runs/owner.ts';
import type { Evaluation } from '../../src-main/runs/records.ts';
import { codeOf, config, dataset, environment, evaluation, openLog } from './fixtures.ts';

/** What is not by a run's own protocol, or not on its images. */
const otherEvaluations: Partial<Evaluation>[] = [
  { protocol: 'centre-crop' },
  { average: 'after-softmax' },
  { horizontalFlip: false },
  { checkpoint: 'last' },
  { testScales: [64, 72] },
  { datasetFingerprint: 'other images' },
];

describe('RunStore', () => {
  it('gives back what was written', () => {
    const log = openLog();
    const created = log.create({ config: config('training.seed=7'), name: 'first', dataset, environment });
    expect(log.runs.get(created.id)).toEqual(created);
    expect(created).toMatchObject({ status: 'queued', name: 'first', dataset, environment, startedAt: null });
    expect(created.id).toMatch(/^\d{8}-\d{6}-d-64-[2-9a-z]{4}$/);
  });

  it('follows a run from its start to its end', () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    const start = new Date('2026-01-01T00:00:00Z');
    log.setStatus(id, 'running', { at: start });
    expect(log.runs.get(id)).toMatchObject({
      status: 'running',
      startedAt: start.toISOString(),
      owner: { pid: process.pid },
    });

    const error = reportError(new Error('boom'));
    log.setStatus(id, 'failed', { error, at: new Date('2026-01-01T01:00:00Z') });
    expect(log.runs.get(id)).toMatchObject({
      status: 'failed',
      error,
      owner: null,
      finishedAt: '2026-01-01T01:00:00.000Z',
    });

    log.setStatus(id, 'running', { at: new Date('2026-01-02T00:00:00Z') });
    expect(log.runs.get(id)).toMatchObject({ startedAt: start.toISOString(), finishedAt: null, error: null });
    expect(log.folder(id).readRecord()).toMatchObject({ status: 'running' });
  });

  it('takes what becomes known later into rows and folder', () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    log.setDataset(id, dataset);
    log.setEnvironment(id, environment);
    log.rename(id, 'baseline');
    const run = log.runs.get(id);
    expect(run).toMatchObject({ name: 'baseline', dataset, environment });
    expect(log.reconcile(id)).toEqual(run);
  });

  it('reads a running run as interrupted once its process is gone', async () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const owner = ownerOf(child.pid ?? 0);
    log.setStatus(id, 'running', { owner });
    expect(log.runs.get(id).status).toBe('running');
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(log.runs.get(id).status).toBe('interrupted');
    expect(log.runs.list({ status: 'interrupted' })).toHaveLength(1);
    expect(log.runs.list({ status: 'running' })).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('is not fooled by another process with the same number', () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    log.setStatus(id, 'running', { owner: { ...ownerOf(process.pid), started: 'another boot:1' } });
    expect(log.runs.get(id).status).toBe('interrupted');
  });

  it('judges an owner on another machine by its sign of life', () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    const owner = { pid: 1, host: `not-${hostname()}`, started: null };
    log.setStatus(id, 'running', { owner, at: new Date(Date.now() - 3_600_000) });
    expect(log.runs.get(id).status).toBe('interrupted');
    log.runs.heartbeat(id);
    expect(log.runs.get(id).status).toBe('running');
  });

  it('lists the newest first with the errors by the own protocol of each run', () => {
    const log = openLog();
    const older = log.create({ config: config(), now: new Date('2026-01-01T00:00:00Z') });
    const newer = log.create({
      config: config('data.trainScale=64-128', 'network.config=A-LRN'),
      now: new Date('2026-01-02T00:00:00Z'),
    });
    log.setDataset(older.id, dataset);
    log.addEvaluation(older.id, evaluation({ testScales: [64], top1Error: 20, top5Error: 2 }));
    const createdAt = '2026-01-03T00:00:00.000Z';
    log.addEvaluation(
      older.id,
      evaluation({ testScales: [64], step: 31, top1Error: 21, top5Error: 3, createdAt }),
    );
    for (const changes of otherEvaluations) {
      log.addEvaluation(older.id, evaluation({ testScales: [64], top1Error: 1, createdAt, ...changes }));
    }
    const list = log.runs.list();
    expect(list.map(({ id }) => id)).toEqual([newer.id, older.id]);
    expect(list[0]).toMatchObject({ config: 'A-LRN', trainScale: [64, 128], seed: 1, top1Error: null });
    expect(list[1]).toMatchObject({ top1Error: 21, top5Error: 3, trainScale: 64 });
    expect(newer.id).toMatch(/^20260102-000000-a-lrn-64-128-/);
    expect(log.runs.list({ limit: 1 })).toHaveLength(1);
    expect(log.runs.list({ limit: 1, status: 'queued' })).toHaveLength(1);
  });

  it('finds a run by its id, beginning or end, and names the nearest of an unknown one', () => {
    const log = openLog();
    const one = log.create({ config: config(), now: new Date('2026-01-01T00:00:00Z') });
    const other = log.create({ config: config(), now: new Date('2026-02-01T00:00:00Z') });
    expect(log.runs.get('20260101').id).toBe(one.id);
    expect(log.runs.get(other.id.slice(-4)).id).toBe(other.id);
    expect(codeOf(() => log.runs.get('2026'))).toBe('run-ambiguous');
    expect(codeOf(() => log.runs.get(''))).toBe('run-not-found');
    expect(
      codeOf(() => {
        log.setStatus('nothing', 'paused');
      }),
    ).toBe('run-not-found');
    expect(() => log.runs.get('20260103-000000')).toThrow(
      expect.objectContaining({ nextStep: expect.stringContaining(one.id) as string }),
    );
  });

  it('names a run whose row is damaged', () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    const raw = new Sqlite(join(log.home, 'workbench.sqlite'));
    raw.prepare(`UPDATE runs SET config = json_set(config, '$.training.batch', 'many') WHERE id = ?`).run(id);
    raw.close();
    expect(codeOf(() => log.runs.get(id))).toBe('record-unreadable');
    expect(() => log.runs.get(id)).toThrow(id);
    expect(log.runs.list()).toHaveLength(1);
  });

  it('keeps a study with its runs, and lets go of one that is deleted', () => {
    const log = openLog();
    const { id: runId } = log.create({ config: config() });
    const study = {
      id: '20260101-000000-quick-abcd',
      preset: 'quick',
      dataset: 'photographs',
      status: 'queued' as const,
      createdAt: '2026-01-01T00:00:00.000Z',
      finishedAt: null,
      owner: null,
      definition: { rows: ['3:D@256'] },
    };
    log.studies.put(study);
    log.studies.putRun(study.id, { key: 'D@64#1', runId, seed: 1 });
    expect(log.studies.get('20260101')).toEqual(study);
    expect(log.studies.runsOf(study.id)).toEqual([{ key: 'D@64#1', runId, seed: 1 }]);
    log.studies.setStatus(study.id, 'running');
    expect(log.studies.list()[0]).toMatchObject({ status: 'running', owner: { pid: process.pid } });
    log.studies.setStatus(study.id, 'running', { owner: { pid: 2 ** 30, host: hostname(), started: null } });
    expect(log.studies.get(study.id).status).toBe('interrupted');
    log.remove(runId);
    expect(log.studies.runsOf(study.id)).toEqual([]);
    expect(codeOf(() => log.studies.get('none'))).toBe('study-not-found');
    expect(() => {
      log.studies.putRun('none', { key: 'x', runId, seed: 1 });
    }).toThrow(/FOREIGN KEY/);
  });

  it('replaces an evaluation of the same weights by the same protocol, and keeps any other', () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    for (const changes of [
      {},
      { top1Error: 11 },
      { step: 40 },
      { testScales: [96] },
      { horizontalFlip: false },
      { datasetFingerprint: 'f2' },
    ]) {
      log.addEvaluation(id, evaluation(changes));
    }
    expect(log.evaluations.of(id)).toHaveLength(5);
    expect(log.evaluations.of(id)).toContainEqual(evaluation({ top1Error: 11 }));
    expect(log.evaluations.of(id)).not.toContainEqual(evaluation());
  });

  it('lists 10,000 runs in under 50 ms of processor time', () => {
    const log = openLog();
    const first = log.create({ config: config(), dataset, environment });
    log.transaction(() => {
      for (let index = 0; index < 9999; index++) {
        const id = `20260101-000000-d-64-${String(index).padStart(5, '0')}`;
        log.runs.put({ ...first, id, status: 'finished' });
        log.evaluations.put(id, evaluation({ testScales: [64], top1Error: index % 100 }));
      }
    });
    expect(log.runs.list().filter(({ top1Error }) => top1Error !== null)).toHaveLength(9999);
    // Time of the processor, so that what else the machine does is not counted.
    const times = Array.from({ length: 10 }, () => {
      const start = process.cpuUsage();
      expect(log.runs.list()).toHaveLength(10_000);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
