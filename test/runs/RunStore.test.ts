import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { reportError } from '../../src-main/foundation/errors.ts';
import { RunLock } from '../../src-main/runs/folder/RunLock.ts';
import { giveSign } from '../../src-main/runs/folder/signOfLife.ts';
import { isThisProcess, ownerOf } from '../../src-main/runs/owner.ts';
import type { Evaluation } from '../../src-main/runs/records.ts';
import {
  codeOf,
  config,
  dataset,
  environment,
  evaluation,
  importFolder,
  openLog,
  point,
} from './fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { aStudy } from '../support/aStudy.ts';
import { goneOwner } from '../support/journal.ts';

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

  it('takes what becomes known later into rows and folder', async () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    log.setDataset(id, dataset);
    log.setEnvironment(id, environment);
    log.annotate(id, { name: 'baseline' });
    const run = log.runs.get(id);
    expect(run).toMatchObject({ name: 'baseline', dataset, environment });
    expect(await log.reconcile(id)).toEqual(run);
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
    expect(log.list.all({ status: 'interrupted' })).toHaveLength(1);
    expect(log.list.all({ status: 'running' })).toEqual([]);
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
    log.setStatus(id, 'running', { owner, at: new Date('2026-01-01T00:00:00Z') });
    expect(log.runs.get(id).status).toBe('interrupted');
    expect(log.list.all().map(({ host }) => host)).toEqual([null]);
    log.runs.heartbeat(id);
    expect(log.runs.get(id).status).toBe('running');
    expect(log.list.all().map(({ host }) => host)).toEqual([owner.host]);
    log.setStatus(id, 'running', { owner: ownerOf(process.pid) });
    expect(log.list.all().map(({ host }) => host)).toEqual([null]);
  });

  it('tells the runs that another program trains from its own', () => {
    const log = openLog();
    const own = log.create({ config: config() });
    const other = log.create({ config: config() });
    log.setStatus(own.id, 'running');
    log.setStatus(other.id, 'running', { owner: ownerOf(process.ppid) });
    const elsewhere = () => log.list.all().flatMap((run) => (run.elsewhere ? run.id : []));
    expect(elsewhere()).toEqual([other.id]);
    log.setStatus(other.id, 'finished');
    expect(elsewhere()).toEqual([]);
  });

  it('shows a run as running while its trainer on another machine gives signs of life, whoever leads it', () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    const owner = { pid: 1, host: `not-${hostname()}`, started: null };
    log.setStatus(id, 'running', { owner, at: new Date('2026-01-01T00:00:00Z') });
    const statuses = () =>
      [log.runs.get(id), log.runs.indexed(id), ...log.list.all()].map(({ status }) => status);
    giveSign(log.folder(id));
    expect(statuses()).toEqual(['interrupted', 'interrupted', 'interrupted']);
    new RunLock(log.folder(id)).release();
    expect(statuses()).toEqual(['running', 'running', 'running']);
    expect(codeOf(() => log.claim(id))).toBe('run-busy');
    utimesSync(log.folder(id).lock, 1, 1);
    expect(statuses()).toEqual(['interrupted', 'interrupted', 'interrupted']);
    // Of this machine it is known that the process is gone.
    log.setStatus(id, 'running', { owner: goneOwner });
    giveSign(log.folder(id));
    expect(statuses()).toEqual(['interrupted', 'interrupted', 'interrupted']);
  });

  it('knows this very process from an earlier one of its number', () => {
    const owner = ownerOf(process.pid);
    expect(isThisProcess(owner)).toBe(true);
    expect([goneOwner, { ...owner, host: 'another' }, { ...owner, pid: 1 }, null].some(isThisProcess)).toBe(
      false,
    );
  });

  it('finds a run by what it is called, and tells what a name of several could be', () => {
    const log = openLog();
    const { id } = log.create({ config: config(), now: new Date('2026-01-01T00:00:00Z') });
    log.annotate(id, { name: 'A@256#1' });
    expect(log.runs.resolve('A@256#1')).toBe(id);
    // As lists have it: its S is 64.
    expect(log.runs.resolve('A@256#1 (S 64)')).toBe(id);
    expect(() => log.runs.resolve('A@256#1 (S 32)')).toThrow('There is no run');
    const other = log.create({ config: config(), now: new Date('2026-01-02T00:00:00Z') });
    log.annotate(other.id, { name: 'A@256#1' });
    const ranged = log.create({
      config: config('data.trainScale=64-128'),
      now: new Date('2026-01-03T00:00:00Z'),
    });
    log.annotate(ranged.id, { name: 'D@256-512#1' });
    for (const dash of ['–', '-']) expect(log.runs.resolve(`D@256-512#1 (S 64${dash}128)`)).toBe(ranged.id);
    expect(() => log.runs.resolve('A@256#1')).toThrow(`could be any of 2: ${other.id}, ${id}`);
    expect(() => log.runs.resolve('')).toThrow('There is no run');
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
    const list = log.list.all();
    expect(list.map(({ id }) => id)).toEqual([newer.id, older.id]);
    expect(list[0]).toMatchObject({ config: 'A-LRN', trainScale: [64, 128], seed: 1, top1Error: null });
    expect(list[1]).toMatchObject({ top1Error: 21, top5Error: 3, trainScale: 64 });
    expect(newer.id).toMatch(/^20260102-000000-a-lrn-64-128-/);
    expect(log.list.all({ limit: 1 })).toHaveLength(1);
    expect(log.list.all({ limit: 1, status: 'queued' })).toHaveLength(1);
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
    raw
      .prepare(`UPDATE runs SET config = json_set(config, '$.training.momentum', 'many') WHERE id = ?`)
      .run(id);
    raw.close();
    expect(codeOf(() => log.runs.get(id))).toBe('record-unreadable');
    expect(() => log.runs.get(id)).toThrow(id);
    expect(log.list.all()).toHaveLength(1);
  });

  it('keeps a study with its runs, and lets go of one that is deleted', () => {
    const log = openLog();
    const { id: runId } = log.create({ config: config() });
    const study = aStudy();
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

  it('lists what the table of runs shows', () => {
    const log = openLog();
    const { id } = log.create({
      config: config(
        'training.batch=100',
        'training.epochs=4',
        'network.config=A',
        'training.learningRate=0.02',
      ),
      dataset,
    });
    expect(log.list.all()[0]).toMatchObject({
      learningRate: 0.02,
      trainLoss: null,
      bestTop1: null,
      epoch: 0,
    });
    log.setStatus(id, 'running');
    const at = (step: number, epoch: number, values: Record<string, number>) =>
      Object.entries(values).map(([name, value]) => ({ step, epoch, seconds: step * 2, name, value }));
    log.metrics.append(id, [
      ...at(10, 0, { 'train/loss': 2, 'val/top1Error': 60, 'val/top5Error': 20, learningRate: 0.02 }),
      ...at(20, 1, { 'train/loss': 1, 'val/top1Error': 40, 'val/top5Error': 10, learningRate: 0.02 }),
      ...at(25, 2, { 'train/loss': NaN, imagesPerSecond: 50, 'memory/rssBytes': 1e9 }),
      ...at(30, 2, { 'train/loss': 0.5, 'val/top1Error': 45, 'val/top5Error': 5, learningRate: 0.002 }),
    ]);
    // 1,000 images in batches of 100 over 4 epochs make 40 steps; 30 took 60 s.
    expect(log.list.all()[0]).toMatchObject({
      status: 'running',
      config: 'A',
      crop: 56,
      width: 1,
      dataset: 'photographs',
      testScales: [64],
      protocol: 'dense',
      step: 30,
      totalSteps: 40,
      epoch: 3,
      epochs: 4,
      seconds: 60,
      etaSeconds: 20,
      trainLoss: 0.5,
      learningRate: 0.002,
      imagesPerSecond: 50,
      memoryBytes: 1e9,
      bestTop1: { percent: 40, step: 20, epoch: 2 },
      bestTop5: { percent: 5, step: 30, epoch: 3 },
      folderMissing: false,
    });
    log.setStatus(id, 'paused');
    rmSync(log.folder(id).path, { recursive: true });
    expect(log.list.all()[0]).toMatchObject({ etaSeconds: null, folderMissing: true });
  });

  it('counts the parameters as Table 2 of the paper gives them', () => {
    const log = openLog();
    log.create({
      config: config('network.crop=224', 'data.trainScale=256', 'network.config=D', 'network.classes=1000'),
    });
    log.create({ config: config('network.config=A') });
    expect(log.list.all().map(({ parameters }) => parameters)).toEqual(
      expect.arrayContaining([138_357_544, null]),
    );
  });

  it('keeps name, tags, notes, colour and pin in rows and folder, and reads a folder without them', async () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    const said = {
      name: 'base',
      tags: ['old', 'best'],
      notes: 'x'.repeat(300),
      colour: '#0077bb',
      pinned: true,
    };
    log.annotate(id, said);
    log.annotate(id, { name: 'baseline' });
    expect(log.list.all()[0]).toMatchObject({ ...said, name: 'baseline', notes: 'x'.repeat(200) });
    expect(log.folder(id).readRecord()).toMatchObject({ ...said, name: 'baseline' });
    const other = openLog();
    expect(await importFolder(other, log.folder(id).path)).toMatchObject({ ...said, name: 'baseline' });
    log.annotate(id, { colour: null });
    expect(log.runs.get(id).colour).toBeNull();

    const path = join(log.folder(id).path, 'status.json');
    const {
      tags: _tags,
      notes: _notes,
      colour: _colour,
      pinned: _pinned,
      ...old
    } = log.folder(id).readRecord();
    writeFileSync(path, JSON.stringify(old));
    expect(await log.reconcile(id)).toMatchObject({
      name: 'baseline',
      tags: [],
      notes: '',
      colour: null,
      pinned: false,
    });
  });

  it('notes each change of a run, by whichever process, and no sign of life', () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    const raw = new Sqlite(join(log.home, 'workbench.sqlite'));
    const revision = () =>
      z.int().parse(raw.prepare('SELECT revision FROM changes WHERE run_id = ?').pluck().get(id));
    let before = revision();
    const changes = (work: () => void) => {
      work();
      const after = revision();
      const changed = after > before;
      before = after;
      return changed;
    };
    const other = openLog(log.home);
    expect(
      changes(() => {
        other.annotate(id, { name: 'renamed' });
      }),
    ).toBe(true);
    expect(
      changes(() => {
        log.setStatus(id, 'running');
      }),
    ).toBe(true);
    expect(
      changes(() => {
        log.runs.heartbeat(id);
      }),
    ).toBe(false);
    expect(
      changes(() => {
        log.metrics.append(id, [point(1, 1)]);
      }),
    ).toBe(true);
    expect(
      changes(() => {
        log.metrics.append(id, [point(2, 1)]);
      }),
    ).toBe(true);
    expect(
      changes(() => {
        log.addEvaluation(id, evaluation());
      }),
    ).toBe(true);
    expect(
      changes(() => {
        log.setStatus(id, 'finished');
      }),
    ).toBe(true);
    expect(
      changes(() => {
        other.remove(id);
      }),
    ).toBe(true);
    raw.close();
  });
});

it('notes a change of a status once, and a silence of its trainer once', () => {
  const log = openLog();
  const { id } = log.create({ config: config() });
  const revision = () => log.list.changesSince(null).revision;
  const changesBy = (work: () => void) => {
    const before = revision();
    work();
    return revision() - before;
  };
  for (const status of ['running', 'paused', 'running'] as const) {
    const change = () => {
      log.setStatus(id, status);
    };
    expect(changesBy(change), status).toBe(1);
  }
  const silent = (since: string | null) => () => {
    log.runs.setUnresponsive(id, since);
  };
  expect(changesBy(silent('2026-01-02T03:04:05.000Z'))).toBe(1);
  expect(changesBy(silent('2026-01-02T03:04:05.000Z'))).toBe(0);
  const ends = () => {
    log.setStatus(id, 'finished');
  };
  expect(changesBy(ends)).toBe(1);
  expect(log.list.all()[0]?.unresponsiveSince).toBeNull();
});

describe('the end of a run that cannot be written', () => {
  const error = { code: 'disk-full', message: 'Full.', nextStep: 'Free some.', kind: 'failure' } as const;

  it('counts at once, lets the run be started or deleted, and is written when it can be', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const log = openLog(temporaryFolder(), { busyTimeout: 0 });
    const { id } = log.create({ config: config() });
    log.claim(id);
    const { revision } = log.list.changesSince(null);
    const other = new Sqlite(join(log.home, 'workbench.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    log.setFailed(id, error);
    expect(log.runs.get(id)).toMatchObject({ status: 'failed', error, owner: null });
    expect(log.list.all()).toMatchObject([{ id, status: 'failed' }]);
    expect(log.list.changesSince(revision).changed).toMatchObject([{ id, status: 'failed' }]);
    expect(log.folder(id).readRecord().status).toBe('running');

    other.exec('COMMIT');
    vi.advanceTimersByTime(6000);
    expect(log.folder(id).readRecord()).toMatchObject({ status: 'failed', error });
    log.claim(id);
    expect(log.runs.get(id)).toMatchObject({ status: 'running', error: null });

    other.exec('BEGIN IMMEDIATE');
    log.setFailed(id, error);
    other.exec('COMMIT');
    other.close();
    log.claim(id);
    vi.advanceTimersByTime(6000);
    expect(log.runs.get(id).status).toBe('running');
    log.setStatus(id, 'failed', { error });
    log.remove(id);
  });
});
