import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { exportFolders } from '../../src-main/exchange/exportRuns.ts';
import { Transfer } from '../../src-main/exchange/Transfer.ts';
import { MetricsLog } from '../../src-main/runs/folder/MetricsLog.ts';
import { RunLock } from '../../src-main/runs/folder/RunLock.ts';
import type { RunLog } from '../../src-main/runs/RunLog.ts';
import {
  codeOf,
  codeOfAsync,
  config,
  dataset,
  environment,
  evaluation,
  importFolder,
  openLog,
  point,
} from './fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { aRun } from '../support/aRun.ts';
import { aStudy } from '../support/aStudy.ts';

/** All that the index holds of a run. */
const everything = (log: RunLog, id: string) => ({
  run: log.runs.get(id),
  metrics: log.metrics.read(id),
  summaries: log.metrics.summaries(id),
  evaluations: log.evaluations.of(id),
  checkpoints: log.evaluations.checkpointsOf(id),
});

describe("a run's folder", () => {
  it('keeps the code of an error that another version gave', async () => {
    const log = openLog();
    const { id } = aRun(log);
    const file = join(log.folder(id).path, 'status.json');
    const error = { code: 'of-a-later-version', message: 'It broke.', nextStep: 'Mend it.', kind: 'failure' };
    const record = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...record, status: 'failed', error }));
    await log.reconcile(id);
    log.annotate(id, { name: 'renamed' });
    expect(log.runs.get(id).error).toEqual(error);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ name: 'renamed', error });
  });

  it('holds files that people can read', () => {
    const log = openLog();
    const folder = log.folder(aRun(log).id).path;
    expect(
      readdirSync(folder)
        .filter((name) => name !== 'lock')
        .sort(),
    ).toEqual([
      'checkpoints',
      'config.yaml',
      'env.json',
      'evaluations.csv',
      'log.txt',
      'metrics.csv',
      'status.json',
    ]);
    expect(readFileSync(join(folder, 'metrics.csv'), 'utf8')).toBe(
      'step,epoch,seconds,name,value\n1,0.1,0.5,loss,2.5\n2,0.2,1,loss,NaN\n2,0.2,1,top1Error,55.5\n',
    );
    expect(readFileSync(join(folder, 'log.txt'), 'utf8')).toMatch(/^\S+Z trained\n\S+Z and done\n$/);
    expect(readFileSync(join(folder, 'evaluations.csv'), 'utf8')).toContain(
      'dense,64-128,"64,96,128",before-softmax,true,best',
    );
  });
});

describe('importing', () => {
  it('rebuilds every row from the folder alone', async () => {
    const home = temporaryFolder();
    const log = openLog(home);
    const id = aRun(log).id;
    await log.reconcile(id);
    const before = everything(log, id);
    expect(before.run).toMatchObject({
      status: 'finished',
      name: 'whole',
      dataset,
      environment,
      imported: false,
    });
    expect(before.checkpoints).toMatchObject([
      { kind: 'best', step: 2, epoch: 0.2, path: 'checkpoints/best.safetensors' },
      { kind: 'last', step: 3, epoch: 1 },
    ]);
    log.close();
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(home, `workbench.sqlite${suffix}`), { force: true });

    const rebuilt = openLog(home);
    expect(rebuilt.rebuilt).toEqual({ imported: [id], failed: [] });
    await rebuilt.catchUp();
    expect(everything(rebuilt, id)).toEqual(before);
  });

  it('copies a run from another data folder, once', async () => {
    const log = openLog();
    const id = aRun(log).id;
    symlinkSync('/etc/hostname', join(log.folder(id).path, 'link'));
    const other = openLog();
    const run = await importFolder(other, log.folder(id).path);
    expect(run).toEqual({ ...log.runs.get(id), imported: true });
    expect(other.metrics.read(id)).toEqual(log.metrics.read(id));
    expect(other.evaluations.of(id)).toEqual(log.evaluations.of(id));
    expect(existsSync(join(other.folder(id).path, 'lock'))).toBe(false);
    expect(existsSync(join(other.folder(id).path, 'link'))).toBe(false);
    expect((await other.reconcile(id)).imported).toBe(true);
    rmSync(join(log.folder(id).path, 'link'));
    expect((await importFolder(other, log.folder(id).path)).id).toBe(id);
    expect(other.list.all()).toHaveLength(1);
  });

  it('refuses a different run with the same id, and leaves the first as it was', async () => {
    const log = openLog();
    const id = aRun(log).id;
    const other = openLog();
    await importFolder(other, log.folder(id).path);
    const metrics = new MetricsLog(log.folder(id).metrics);
    metrics.append([point(9, 9)]);
    metrics.close();
    expect(await codeOfAsync(importFolder(other, log.folder(id).path))).toBe('run-exists');
    expect(other.metrics.read(id)).not.toEqual([]);
    expect(other.metrics.read(id)[0]?.steps).toEqual([1, 2]);
  });

  it('reads a run that was running elsewhere as interrupted', async () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    log.setStatus(id, 'running');
    const other = openLog();
    expect((await importFolder(other, log.folder(id).path)).status).toBe('interrupted');
    expect(other.folder(id).readRecord().status).toBe('interrupted');
  });

  it.each([
    ['status.json', null, 'run-folder-incomplete'],
    ['config.yaml', null, 'run-folder-incomplete'],
    ['config.yaml', 'training:\n  bach: 3\n', 'unknown-key'],
    ['status.json', '{"id": "../../escape"}', 'record-unreadable'],
    ['status.json', 'not json', 'record-unreadable'],
    ['env.json', '{}', 'record-unreadable'],
    ['metrics.csv', 'step,epoch,seconds,name,value\n1,1,1,loss,0.5\n1,1,oops,loss,2\n', 'metrics-unreadable'],
    ['evaluations.csv', 'protocol,top1_error\ndense,5\n', 'evaluations-unreadable'],
    ['checkpoints/last.safetensors', 'x', 'checkpoint-damaged'],
    ['checkpoints/last.safetensors', '\u00ff'.repeat(64), 'checkpoint-damaged'],
  ])('refuses a folder whose %s is %j, and takes nothing of it', async (file, content, code) => {
    const log = openLog();
    const source = log.folder(aRun(log).id).path;
    if (content === null) rmSync(join(source, file));
    else writeFileSync(join(source, file), content);
    const other = openLog();
    expect(await codeOfAsync(importFolder(other, source))).toBe(code);
    expect(other.list.all()).toEqual([]);
    expect(existsSync(join(other.home, 'runs')) ? readdirSync(join(other.home, 'runs')) : []).toEqual([]);
  });

  it('leaves out a metric that a kill tore off', async () => {
    const log = openLog();
    const id = aRun(log).id;
    writeFileSync(log.folder(id).metrics, 'step,epoch,seconds,name,value\n1,1,1,loss,0.5\n2,2,2,loss,0.1');
    await log.reconcile(id);
    expect(log.metrics.read(id)).toMatchObject([{ steps: [1], values: [0.5] }]);
  });

  it('at opening takes in what has no row, and reports what is damaged or renamed', () => {
    const home = temporaryFolder();
    const log = openLog(home);
    const [indexed, whole, damaged] = [aRun(log).id, aRun(log).id, aRun(log).id];
    const expected = everything(log, whole);
    for (const id of [whole, damaged]) log.runs.remove(id);
    rmSync(join(log.folder(damaged).path, 'config.yaml'));
    cpSync(log.folder(indexed).path, `${log.folder(indexed).path}-copy`, { recursive: true });
    // One that was being created: nothing to speak of.
    mkdirSync(join(home, 'runs', '20260101-000000-d-64-abcd'));

    const again = openLog(home);
    expect(again.rebuilt.imported).toEqual([whole]);
    expect(again.rebuilt.failed.sort((one, other) => one.path.localeCompare(other.path))).toMatchObject(
      [
        { path: `${log.folder(indexed).path}-copy`, error: { code: 'run-folder-renamed' } },
        { path: log.folder(damaged).path, error: { code: 'run-folder-incomplete' } },
      ].sort((one, other) => one.path.localeCompare(other.path)),
    );
    expect(everything(again, whole).run).toEqual(expected.run);
    expect(again.list.all()).toHaveLength(2);
  });

  it('at opening makes the rows of a study from its file, but for the runs that are gone', () => {
    const home = temporaryFolder();
    const log = openLog(home);
    const [kept, gone] = [aRun(log).id, aRun(log).id];
    const study = aStudy();
    log.studies.put(study);
    log.studies.putRun(study.id, { key: 'D@64#1', runId: kept, seed: 1 });
    log.studies.putRun(study.id, { key: 'E@64#1', runId: gone, seed: 1 });
    log.studies.claim(study.id);
    writeFileSync(join(home, 'studies', 'damaged.json'), '{}');
    log.remove(gone);
    log.close();
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(home, `workbench.sqlite${suffix}`), { force: true });

    const rebuilt = openLog(home);
    expect(rebuilt.studies.list()).toEqual([{ ...study, status: 'interrupted' }]);
    expect(rebuilt.studies.runsOf(study.id)).toEqual([{ key: 'D@64#1', runId: kept, seed: 1 }]);
    expect(rebuilt.rebuilt.failed).toMatchObject([
      { path: join(home, 'studies', 'damaged.json'), error: { code: 'record-unreadable' } },
    ]);
  });

  it('at opening removes copies that were never finished, once they are old', () => {
    const home = temporaryFolder();
    openLog(home).close();
    const [old, recent] = ['a.123.tmp', 'b.123.tmp'].map((name) => join(home, 'runs', name));
    for (const path of [old, recent]) mkdirSync(join(path ?? '', 'checkpoints'), { recursive: true });
    utimesSync(old ?? '', 0, 0);
    openLog(home);
    expect(readdirSync(join(home, 'runs'))).toEqual(['b.123.tmp']);
  });
});

describe('exporting', () => {
  it('copies the folder so that it can be imported', async () => {
    const log = openLog();
    const id = aRun(log).id;
    new RunLock(log.folder(id)).release();
    const target = join(temporaryFolder(), 'exported');
    const copy = () => exportFolders(log, [id], target, new Transfer());
    const [copied = ''] = await copy();
    expect(copied).toBe(join(target, id));
    expect(readdirSync(copied)).not.toContain('lock');
    expect((await importFolder(openLog(), copied)).id).toBe(id);
    expect(await codeOfAsync(copy())).toBe('target-exists');
  });
});

describe('claiming', () => {
  it('gives a run to one process at a time, and a reconciled run keeps its owner', async () => {
    const log = openLog();
    const id = aRun(log).id;
    const other = openLog(log.home);
    log.claim(id);
    expect(
      codeOf(() => {
        other.claim(id);
      }),
    ).toBe('run-busy');
    expect(await log.reconcile(id)).toMatchObject({ status: 'running', owner: { pid: process.pid } });
    expect(log.folder(id).readRecord().status).toBe('running');
    log.setStatus(id, 'interrupted');
    other.claim(id);
    expect(log.runs.get(id).status).toBe('running');
  });

  it('has the folder locked while another holds it, and no longer', () => {
    const log = openLog();
    const folder = log.folder(aRun(log).id);
    const lock = new RunLock(folder);
    expect(codeOf(() => new RunLock(folder, 20))).toBe('run-locked');
    lock.release();
    new RunLock(folder, 20).release();
  });
});

it('makes an index of the first schema anew from the folders', async () => {
  const home = temporaryFolder();
  const log = openLog(home);
  const id = aRun(log).id;
  await log.reconcile(id);
  const before = everything(log, id);
  log.close();
  rmSync(join(home, 'workbench.sqlite'));
  const old = new Sqlite(join(home, 'workbench.sqlite'));
  old.exec(
    'CREATE TABLE runs (id TEXT PRIMARY KEY) STRICT; CREATE TABLE series (id INTEGER PRIMARY KEY, run_id TEXT REFERENCES runs (id)) STRICT',
  );
  old.exec(
    `INSERT INTO runs VALUES ('${id}'); INSERT INTO series VALUES (1, '${id}'); PRAGMA user_version = 1`,
  );
  old.close();
  const anew = openLog(home);
  await anew.catchUp();
  expect(everything(anew, id)).toEqual(before);
});

describe('deleting', () => {
  it('takes rows and folder, and nothing of other runs', () => {
    const log = openLog();
    const id = aRun(log).id;
    const kept = aRun(log).id;
    log.remove(id);
    expect(codeOf(() => log.runs.get(id))).toBe('run-not-found');
    expect([log.metrics.read(id), log.evaluations.of(id), log.evaluations.checkpointsOf(id)]).toEqual([
      [],
      [],
      [],
    ]);
    expect(existsSync(log.folder(id).path)).toBe(false);
    expect(log.metrics.read(kept)).not.toEqual([]);
    expect(log.trash.list()).toMatchObject([{ id, name: 'whole' }]);
    log.trash.delete(id);
    expect(readdirSync(join(log.home, 'runs', '.trash'))).toEqual([]);
  });

  it('can be undone: everything is as it was, its place in a study included', async () => {
    const log = openLog();
    const id = aRun(log).id;
    log.annotate(id, { tags: ['baseline'], pinned: true });
    log.studies.put(aStudy({ id: 'a-study', status: 'finished' }));
    log.studies.putRun('a-study', { key: 'A@64#1', runId: id, seed: 1 });
    await log.reconcile(id);
    const before = everything(log, id);
    log.remove(id);
    expect(log.studies.runsOf('a-study')).toEqual([]);
    expect(await codeOfAsync(log.restore('nothing-like-it'))).toBe('run-not-found');
    expect(await log.restore(id.slice(-4))).toBe(id);
    expect(everything(log, id)).toEqual(before);
    expect(log.studies.runsOf('a-study')).toEqual([{ key: 'A@64#1', runId: id, seed: 1 }]);
    expect(log.trash.list()).toEqual([]);
  });

  it('leaves a place in a study to the run that has taken it since', async () => {
    const log = openLog();
    const [id, next] = [aRun(log).id, aRun(log).id];
    log.studies.put(aStudy({ id: 'a-study', status: 'finished' }));
    log.studies.putRun('a-study', { key: 'A@64#1', runId: id, seed: 1 });
    log.remove(id);
    log.studies.putRun('a-study', { key: 'A@64#1', runId: next, seed: 1 });
    await log.restore(id);
    expect(log.studies.runsOf('a-study')).toEqual([{ key: 'A@64#1', runId: next, seed: 1 }]);
  });

  it('cannot be undone over the same run imported since, which stays as it is', async () => {
    const log = openLog();
    const id = aRun(log).id;
    const staged = join(log.openStaging(), id);
    cpSync(log.folder(id).path, staged, { recursive: true });
    log.remove(id);
    await log.takeIn([staged]);
    expect(await codeOfAsync(log.restore(id))).toBe('run-exists');
    expect(log.runs.get(id).status).toBe('finished');
    expect(log.trash.ids()).toEqual([id]);
  });

  it('is for good after 30 days, once that was found on three days', () => {
    const home = temporaryFolder();
    const log = openLog(home);
    const [old, young] = [aRun(log).id, aRun(log).id];
    log.remove(old);
    log.remove(young);
    const note = join(home, 'runs', '.trash', old, 'removal.json');
    writeFileSync(note, JSON.stringify({ name: '', removedAt: '2026-01-02T03:04:05.000Z', places: [] }));
    const day = 24 * 3600 * 1000;
    const later = Date.parse('2026-02-10T12:00:00.000Z');
    for (const days of [0, 0.1, 1, 1.2]) log.trash.deleteOld(later + days * day);
    expect(log.trash.ids()).toEqual([old, young].sort());
    log.trash.deleteOld(later + 2 * day);
    expect(log.trash.ids()).toEqual([young]);
  });

  it('is not for good when the clock was wrong for a moment', () => {
    const log = openLog();
    const { id } = aRun(log);
    log.remove(id);
    const removedAt = Date.parse(log.trash.list()[0]?.removedAt ?? '');
    for (const days of [31, 31, 0, 31, 400, 0, 35, 1, 36])
      log.trash.deleteOld(removedAt + days * 24 * 3600 * 1000);
    expect(log.trash.ids()).toEqual([id]);
  });

  it('refuses a run that is being trained', () => {
    const log = openLog();
    const id = aRun(log).id;
    const lock = new RunLock(log.folder(id));
    expect(
      codeOf(() => {
        log.remove(id);
      }),
    ).toBe('run-busy');
    lock.release();
    log.setStatus(id, 'running');
    expect(
      codeOf(() => {
        log.remove(id);
      }),
    ).toBe('run-busy');
    log.setStatus(id, 'failed');
    log.remove(id);
    expect(log.list.all()).toEqual([]);
  });

  it('is finished at the next start after a crash', () => {
    const home = temporaryFolder();
    const log = openLog(home);
    const id = aRun(log).id;
    mkdirSync(join(home, 'runs', '.trash'));
    renameSync(log.folder(id).path, join(home, 'runs', '.trash', id));
    log.close();
    const again = openLog(home);
    expect(again.list.all()).toEqual([]);
    expect(again.trash.ids()).toEqual([id]);
  });

  it('works where the folder is gone already', () => {
    const log = openLog();
    const id = aRun(log).id;
    rmSync(log.folder(id).path, { recursive: true });
    log.remove(id.slice(-4));
    expect(log.list.all()).toEqual([]);
  });
});

describe('comparing', () => {
  it('shows only what differs, and the result of each by its own protocol', () => {
    const log = openLog();
    const one = aRun(log, 'training.batch=32', 'training.plateau.patience=2').id;
    const other = aRun(log, 'training.batch=64', 'training.plateau.patience=3').id;
    log.addEvaluation(one, evaluation({ testScales: [64], top1Error: 12.25, top5Error: 1.5 }));
    log.addEvaluation(
      one,
      evaluation({ testScales: [64], datasetFingerprint: 'other images', top1Error: 1 }),
    );
    log.addEvaluation(other, evaluation({ testScales: [64], top1Error: 9, top5Error: 4 }));
    const compared = log.compare([one, other]);
    expect(compared.runs[0]?.evaluations).toHaveLength(3);
    expect(compared.groups).toEqual([]);
    expect(compared.common).toContainEqual({ key: 'training.seed', value: 1 });
    expect(compared).toMatchObject({
      runs: [
        { id: one, name: 'whole', status: 'finished', top1Error: 12.25, top5Error: 1.5 },
        { id: other, name: 'whole', status: 'finished', top1Error: 9, top5Error: 4 },
      ],
      differences: [
        { key: 'training.batch', values: [32, 64] },
        { key: 'training.plateau.patience', values: [2, 3] },
      ],
    });
  });
});

it('keeps rows as they were when the folder cannot be written', () => {
  const log = openLog();
  const id = aRun(log).id;
  const elsewhere = join(temporaryFolder(), 'copy');
  cpSync(log.folder(id).path, elsewhere, { recursive: true });
  rmSync(log.folder(id).path, { recursive: true });
  writeFileSync(log.folder(id).path, 'a file where the folder was');
  expect(() => {
    log.annotate(id, { name: 'renamed' });
  }).toThrow();
  expect(log.runs.get(id).name).toBe('whole');
});

it('creates several runs together as it creates each, and no row if one cannot be made', async () => {
  const log = openLog();
  const { id: alone } = log.create({ config: config(), name: 'A' });
  const made: string[] = [];
  await log.createTogether((create) => {
    for (const name of ['A', 'B']) made.push(create({ config: config(), name }).id);
    return Promise.resolve();
  });
  const [first = '', second = ''] = made;
  expect(log.runs.get(second).name).toBe('B');
  const same = (id: string) => ({ ...log.runs.get(id), id: '', createdAt: '' });
  expect(same(first)).toEqual(same(alone));
  expect(log.folder(first).readConfig()).toEqual(config());
  expect(log.folder(first).readRecord()).toMatchObject({ id: first, status: 'queued' });
  const broken = log.createTogether((create) => {
    rmSync(log.folder(create({ config: config() }).id).path, { recursive: true });
    return Promise.resolve();
  });
  await expect(broken).rejects.toThrow();
  expect(log.runs.ids()).toHaveLength(3);
});
