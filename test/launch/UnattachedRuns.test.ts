import { rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';
import { JobFolder, submissionFile } from '../../src-main/launch/places.ts';
import { Submissions } from '../../src-main/launch/Submissions.ts';
import { readSubmission, writeSubmission } from '../../src-main/launch/SubmissionFile.ts';
import { aStudy } from '../support/aStudy.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { prepare } from './prepare.ts';

const { id } = aStudy();
const finished = { type: 'finished', sha256: null, metricsBytes: 0, evaluations: 0 } as const;
const lost = { code: 'job-lost', message: 'Lost.', nextStep: 'None.', kind: 'failure' } as const;

// The environment is that of other test files too.
afterEach(() => vi.unstubAllEnvs());

/** A study that was submitted and left alone, where no scheduler can be asked. */
async function left() {
  const prepared = await prepare();
  const { log, launcher, attach, runOf } = prepared;
  const work = attach();
  await work.begun;
  work.detach();
  await work.ended;
  vi.stubEnv('PATH', temporaryFolder());
  const keys = ['A@256#1', 'B@256#1', 'C@256#1'];
  /** As a program that has just been started has it. */
  const statesNow = async (submissions = new Submissions(log)) => {
    await submissions.updateUnattached();
    const jobStatuses = submissions.unattached(id)?.jobStatuses;
    return Object.fromEntries(
      keys.map((key) => [key, [log.runs.get(runOf(key)).status, jobStatuses?.get(runOf(key))?.state]]),
    );
  };
  return { log, launcher, runOf, statesNow };
}

it('shows what was left to a cluster as what it is, by files alone', async () => {
  const { log, launcher, runOf, statesNow } = await left();
  const before = readSubmission(log.home, id);
  expect(await statesNow()).toEqual({
    'A@256#1': ['queued', 'waiting'],
    'B@256#1': ['queued', 'waiting'],
    'C@256#1': ['queued', 'waiting'],
  });
  launcher.says('1', finished);
  launcher.says('2');
  launcher.says('3', { type: 'interrupted', again: true, requeued: true, reason: 'warned by USR2' });
  const submissions = new Submissions(log);
  expect(await statesNow(submissions)).toEqual({
    'A@256#1': ['finished', undefined],
    'B@256#1': ['running', 'running'],
    'C@256#1': ['queued', 'given back'],
  });
  expect(log.runs.get(runOf('B@256#1')).owner?.host).not.toBe(hostname());
  expect(submissions.unattached(id)?.status).toBe('running');
  const place = { id, kind: 'study', cluster: 'test', isAttached: false };
  expect(submissions.placeOf(runOf('A@256#1'))).toEqual({ ...place, jobStatus: null });
  expect(submissions.placeOf(runOf('B@256#1'))).toMatchObject({ ...place, jobStatus: { state: 'running' } });
  expect(submissions.placeOf('another')).toBeNull();
  expect(submissions.attached(id)).toBeUndefined();
  expect(readSubmission(log.home, id)).toEqual(before);
});

it('sees what has changed since, and no attempt of an earlier job', async () => {
  const { log, launcher, runOf, statesNow } = await left();
  launcher.says('1');
  expect((await statesNow())['A@256#1']).toEqual(['running', 'running']);
  const saved = readSubmission(log.home, id);
  if (!saved) throw new Error('It was submitted.');
  const withNewJob = saved.runs.map((given) => (given.job === '1' ? { ...given, job: '9' } : given));
  writeSubmission(log.home, { ...saved, runs: withNewJob });
  expect((await statesNow())['A@256#1']).toEqual(['interrupted', 'waiting']);
  log.setFailed(runOf('A@256#1'), lost);
  expect((await statesNow())['A@256#1']?.[0]).toBe('failed');
});

it('goes on with others when the file of a submission cannot be read, and trains here what is not of it', async () => {
  const { log, launcher, runOf, statesNow } = await left();
  const other = submissionFile(log.home, '20250101-000000-study-quick-zzzz');
  writeFileSync(other, '{');
  launcher.says('1');
  const submissions = new Submissions(log);
  expect(submissions.unreadable()).toMatchObject([{ path: other, error: { code: 'submission-unreadable' } }]);
  expect((await statesNow(submissions))['A@256#1']).toEqual(['running', 'running']);
  expect(() => {
    submissions.requireHere('20260101-000000-b-64-bbbb');
  }).not.toThrow();
  writeFileSync(submissionFile(log.home, id), '{');
  expect(() => {
    submissions.requireHere(runOf('A@256#1'));
  }).toThrow(expect.objectContaining({ code: 'submission-unreadable' }));
});

it('leaves a run whose files are gone as it is', async () => {
  const { log, runOf, statesNow } = await left();
  rmSync(new JobFolder(log.home, runOf('A@256#1')).path, { recursive: true });
  expect((await statesNow())['A@256#1']).toEqual(['queued', 'waiting']);
});

it('takes in what others have left where the files of one are damaged', async () => {
  const { log, launcher, runOf, statesNow } = await left();
  for (const job of ['1', '2', '3']) launcher.says(job, finished);
  writeFileSync(log.folder(runOf('B@256#1')).evaluations, 'no list\nof them');
  const statuses = Object.values(await statesNow()).map(([status]) => status);
  expect(statuses).toEqual(['finished', 'queued', 'finished']);
});
