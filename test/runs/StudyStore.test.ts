import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import { readStudy } from '../../src-main/runs/folder/studyFile.ts';
import { aStudy } from '../support/aStudy.ts';
import { config, openLog } from './fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/** A database that another process writes to takes nothing, as one on a full disk does. */
it('the end of a study that cannot be written counts at once, and is written when it can be', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const log = openLog(temporaryFolder(), { busyTimeout: 0 });
  const { id } = aStudy();
  log.studies.put(aStudy());
  log.studies.claim(id);
  const inFile = () => readStudy(join(log.home, 'studies'), id).status;
  const other = new Sqlite(join(log.home, 'workbench.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  log.studies.setEnded(id, 'failed');
  expect(log.studies.get(id)).toMatchObject({ status: 'failed', owner: null });
  expect(log.studies.list()).toMatchObject([{ id, status: 'failed' }]);
  expect(inFile()).toBe('running');

  other.exec('COMMIT');
  vi.advanceTimersByTime(6000);
  expect(inFile()).toBe('failed');

  log.studies.claim(id);
  other.exec('BEGIN IMMEDIATE');
  log.studies.setEnded(id, 'failed');
  other.exec('COMMIT');
  other.close();
  log.studies.claim(id);
  expect(inFile()).toBe('running');
  vi.advanceTimersByTime(6000);
  expect(log.studies.get(id).status).toBe('running');
  log.studies.setEnded(id, 'interrupted');
  log.studies.remove(id);
  expect(log.studies.list()).toEqual([]);
});

it('a deleted study comes back with the runs that are still there', () => {
  const log = openLog(temporaryFolder());
  const study = aStudy();
  log.studies.put(study);
  const { id } = log.create({ config: config() });
  log.studies.putRun(study.id, { key: 'D@256#1', runId: id, seed: 1 });
  log.studies.remove(study.id);
  expect(log.studies.list()).toEqual([]);
  log.studies.restore(study.id);
  expect(log.studies.get(study.id)).toMatchObject({ definition: study.definition });
  expect(log.studies.runsOf(study.id)).toEqual([{ key: 'D@256#1', runId: id, seed: 1 }]);
  expect(() => {
    log.studies.restore(study.id);
  }).toThrow('No study');
});

it('a name and a note stay with a study: in its file, in the trash and where its rows are made anew', () => {
  const log = openLog(temporaryFolder());
  const { id } = aStudy();
  log.studies.put(aStudy());
  log.studies.claim(id);
  log.studies.annotate(id, { name: 'The long one' });
  log.studies.annotate(id, { notes: 'Two lines\nof it.' });
  const annotated = { name: 'The long one', notes: 'Two lines\nof it.' };
  expect(log.studies.get(id)).toMatchObject({ ...annotated, status: 'running' });
  expect(readStudy(join(log.home, 'studies'), id)).toMatchObject(annotated);
  log.studies.setStatus(id, 'finished');
  log.studies.remove(id);
  expect(log.studies.trashed()).toMatchObject([{ id, record: annotated }]);
  log.studies.restore(id);
  expect(log.studies.list()).toMatchObject([annotated]);
  expect(log.studies.trashed()).toEqual([]);
});

it('the file of an earlier version has neither name nor note', () => {
  const log = openLog(temporaryFolder());
  const { name: _name, notes: _notes, owner: _owner, ...earlier } = aStudy();
  const path = log.studies.file(earlier.id);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ ...earlier, runs: [] }));
  expect(readStudy(dirname(path), earlier.id)).toMatchObject({ name: '', notes: '' });
});
