import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { schedulerRefused } from '../../src-main/launch/errors.ts';
import { JobFolder, submissionFile } from '../../src-main/launch/places.ts';
import { Submissions } from '../../src-main/launch/Submissions.ts';
import { prepareStudy } from '../../src-main/launch/submit.ts';
import { readSubmission, writeSubmission } from '../../src-main/launch/SubmissionFile.ts';
import { putEvaluation } from '../../src-main/runs/folder/evaluationsFile.ts';
import { evaluation } from '../runs/fixtures.ts';
import { aStudy } from '../support/aStudy.ts';
import { eventually } from '../support/eventually.ts';
import { prepare } from './prepare.ts';

const { id } = aStudy();
const finished = { type: 'finished', sha256: null, metricsBytes: 0, evaluations: 0 } as const;
const error = { code: 'training-diverged', message: 'NaN', nextStep: 'None.', kind: 'failure' } as const;

async function submitStudy(patience?: number) {
  const prepared = await prepare(patience);
  const work = prepared.attach();
  await work.begun;
  const statuses = () => Object.fromEntries(work.snapshot().runs.map(({ key, status }) => [key, status]));
  return { ...prepared, work, statuses };
}

it('submits all at once, each after that from which it starts, with the threads of the cluster', async () => {
  const { log, launcher, work, runOf } = await submitStudy();
  expect(launcher.submitted).toEqual(['A@256#1', 'B@256#1 after 1', 'C@256#1 after 1']);
  expect(log.runs.get(runOf('B@256#1')).config).toMatchObject({
    training: { threads: 1 },
    initialisation: { from: runOf('A@256#1') },
  });
  work.detach();
  await work.ended;
  expect(log.studies.get(id).status).toBe('queued');
});

it('goes on from the files after it was detached, whatever happened meanwhile', async () => {
  const { log, launcher, work, attach, runOf } = await submitStudy();
  work.detach();
  await work.ended;
  for (const job of ['1', '2', '3']) launcher.says(job, finished);
  // Forgotten by the scheduler, too.
  for (const job of ['1', '2', '3']) launcher.change(job, { word: 'forgotten' });
  await attach().ended;
  for (const key of ['A@256#1', 'B@256#1', 'C@256#1'])
    expect(log.runs.get(runOf(key)).status).toBe('finished');
  expect(launcher.submitted).toHaveLength(3);
  expect(readSubmission(log.home, id)?.over).toBe(true);
});

it('takes no run for finished before all is seen that its node has written', async () => {
  const { log, launcher, work, runOf } = await submitStudy(600);
  const statuses = () => ['A', 'B', 'C'].map((net) => log.runs.get(runOf(`${net}@256#1`)).status);
  for (const job of ['2', '3']) launcher.says(job, finished);
  launcher.says('1', { ...finished, evaluations: 1 });
  await eventually(statuses).toEqual(['queued', 'finished', 'finished']);
  const run = runOf('A@256#1');
  putEvaluation(log.folder(run).evaluations, evaluation());
  await work.ended;
  expect(statuses()).toEqual(['finished', 'finished', 'finished']);
  expect(log.evaluations.of(run)).toHaveLength(1);
});

it('fails a finished run whose results are not seen in time, and takes them in when they are', async () => {
  const { log, launcher, work, attach, runOf } = await submitStudy();
  for (const job of ['2', '3']) launcher.says(job, finished);
  launcher.says('1', { ...finished, metricsBytes: 5 });
  expect(await work.ended).toMatchObject({ status: 'failed', error: { code: 'results-unseen' } });
  writeFileSync(log.folder(runOf('A@256#1')).metrics, 'step,');
  await attach().ended;
  expect(log.runs.get(runOf('A@256#1')).status).toBe('finished');
});

it('takes back what starts from a run that fails', async () => {
  const { launcher, work, statuses } = await submitStudy();
  launcher.says('1', { type: 'failed', error });
  launcher.change('1', { state: 'over', word: 'FAILED' });
  expect(await work.ended).toMatchObject({ status: 'failed', error: { code: 'training-diverged' } });
  expect(statuses()).toEqual({ 'A@256#1': 'failed', 'B@256#1': 'blocked', 'C@256#1': 'blocked' });
  expect([launcher.word('2'), launcher.word('3')]).toEqual(['CANCELLED', 'CANCELLED']);
});

it('shows as queued what the scheduler starts again, whether or not its last word has come', async () => {
  const { log, launcher, work, runOf } = await submitStudy();
  const shown = () => {
    const run = work.snapshot().runs.find(({ key }) => key === 'A@256#1');
    return [run?.status, run?.jobStatus?.state, log.runs.get(runOf('A@256#1')).status];
  };
  launcher.change('1', { state: 'running', word: 'RUNNING' });
  launcher.says('1');
  await eventually(shown).toEqual(['running', 'running', 'running']);
  // The scheduler is seen first, as with a node that is lost, or with a file that is seen late.
  launcher.change('1', { state: 'waiting', word: 'PENDING', reason: 'BeginTime' });
  await eventually(shown).toEqual(['queued', 'lost', 'queued']);
  launcher.says('1', { type: 'interrupted', again: true, requeued: true, reason: 'warned by USR2' });
  launcher.change('1', { state: 'waiting', word: 'PENDING', reason: 'BeginTime' });
  await eventually(shown).toEqual(['queued', 'given back', 'queued']);
  await work.end('now');
  await work.ended;
});

it('submits a lost run again, and what waits for it after the new job', async () => {
  const { launcher, work, statuses } = await submitStudy();
  launcher.says('1');
  await eventually(statuses).toMatchObject({ 'A@256#1': 'running' });
  launcher.change('1', { state: 'over', word: 'NODE_FAIL' });
  for (const job of ['2', '3']) launcher.change(job, { reason: 'DependencyNeverSatisfied' });
  await eventually(() => launcher.submitted.slice(3)).toEqual([
    'A@256#1',
    'B@256#1 after 4',
    'C@256#1 after 4',
  ]);
  expect(launcher.word('2')).toBe('CANCELLED');
  for (const job of ['4', '5', '6']) launcher.says(job, finished);
  await work.ended;
});

it('takes a scheduler that does not answer for no more than that', async () => {
  const { launcher, work, statuses } = await submitStudy();
  launcher.isSilent = true;
  launcher.says('1', { type: 'checkpoint', kind: 'last', step: 1 });
  await eventually(() => work.snapshot().activity).toContain('does not answer');
  await eventually(statuses).toMatchObject({ 'A@256#1': 'running' });
  launcher.isSilent = false;
  for (const job of ['1', '2', '3']) launcher.says(job, finished);
  expect(launcher.submitted).toHaveLength(3);
  work.detach();
  await work.ended;
});

it('holds what waits once a disk is full', async () => {
  const { log, launcher, work } = await submitStudy();
  launcher.says('1', { type: 'failed', error: { ...error, code: 'disk-full' } });
  launcher.change('1', { state: 'over', word: 'FAILED' });
  expect(await work.ended).toMatchObject({ status: 'failed', error: { code: 'disk-full' } });
  expect(launcher.held).toEqual(['2', '3']);
  expect(readSubmission(log.home, id)).toMatchObject({ over: false, held: 'NaN' });
});

it('stays out once it is stopped', async () => {
  const { log, launcher, work, runOf } = await submitStudy();
  launcher.says('1');
  await work.end('now');
  expect(existsSync(new JobFolder(log.home, runOf('A@256#1')).stop)).toBe(true);
  expect((await work.ended).status).toBe('interrupted');
  expect(launcher.submitted).toHaveLength(3);
  // None is blocked: all of them may be submitted again.
  expect(work.snapshot().runs.map(({ status }) => status)).toEqual(['interrupted', 'queued', 'queued']);
});

it('is none if the scheduler refuses it', async () => {
  const { log, launcher, attach } = await prepare();
  launcher.refusal = schedulerRefused('sbatch', 'Invalid partition');
  const work = attach();
  await expect(work.begun).rejects.toMatchObject({ code: 'scheduler-refused' });
  expect((await work.ended).status).toBe('failed');
  expect(readSubmission(log.home, id)?.over).toBe(true);
});

it('is none if the scheduler was silent before it was given anything', async () => {
  const { log, launcher, attach } = await prepare();
  launcher.isSilent = true;
  expect(await attach().ended).toMatchObject({ status: 'failed', error: { code: 'scheduler-silent' } });
  expect(readSubmission(log.home, id)?.over).toBe(true);
});

it('finds the jobs that were taken although no answer came, and submits none twice', async () => {
  const { log, launcher, attach } = await prepare();
  launcher.losesAnswers = true;
  const work = attach();
  await expect(work.begun).rejects.toMatchObject({ code: 'scheduler-silent' });
  expect(new Submissions(log).list().map((one) => one.id)).toEqual([id]);
  await eventually(() => readSubmission(log.home, id)?.runs.map(({ job }) => job)).toEqual(['1', '2', '3']);
  for (const job of ['1', '2', '3']) launcher.says(job, finished);
  await work.ended;
  expect(launcher.submitted).toHaveLength(3);
});

it('ends for everybody who is attached, whoever sees the end first', async () => {
  const { log, launcher, attach, work } = await submitStudy();
  const other = attach();
  await other.begun;
  launcher.says('1');
  await work.end('now');
  const ends = await Promise.all([work.ended, other.ended]);
  expect(ends.map(({ status }) => status)).toEqual(['interrupted', 'interrupted']);
  expect(readSubmission(log.home, id)).toMatchObject({ over: true, stopped: true });
});

it('ends with the failure that another process has written into the log', async () => {
  const { log, launcher, attach, work } = await submitStudy();
  launcher.says('1', { type: 'failed', error });
  launcher.change('1', { state: 'over', word: 'FAILED' });
  await work.ended;
  expect(readSubmission(log.home, id)?.over).toBe(true);
  const late = attach();
  expect(await late.ended).toMatchObject({ status: 'failed', error: { code: 'training-diverged' } });
  expect(late.snapshot().runs.map(({ status }) => status)).toEqual(['failed', 'blocked', 'blocked']);
});

it('is refused while the study or one of its runs is trained here', async () => {
  const { log, plan, runOf } = await prepare();
  const again = () => prepareStudy(log, { id, plan }, { cluster: 'test' });
  const saved = await again();
  writeSubmission(log.home, { ...saved, over: true });
  log.claim(runOf('B@256#1'));
  await expect(again()).rejects.toMatchObject({ code: 'run-busy' });
  log.setStatus(runOf('B@256#1'), 'interrupted');
  log.studies.claim(id);
  await expect(again()).rejects.toMatchObject({ code: 'study-busy' });
  expect(readSubmission(log.home, id)?.over).toBe(true);
});

it.each(['{', '{"id": 1}'])('trains nothing here while a submission reads %j', async (text) => {
  const { log, runOf } = await prepare();
  writeFileSync(submissionFile(log.home, id), text);
  expect(() => {
    new Submissions(log).requireHere(runOf('A@256#1'));
  }).toThrow(expect.objectContaining({ code: 'submission-unreadable' }));
});

it('is followed, and can be cancelled, when its cluster is no longer in clusters.yaml', async () => {
  const { log } = await prepare();
  rmSync(join(log.home, 'clusters.yaml'));
  // As on a machine without Slurm.
  vi.stubEnv('PATH', '');
  const submissions = new Submissions(log);
  expect(submissions.attach(id)?.isUnderWay).toBe(true);
  await submissions.close();
  vi.unstubAllEnvs();
});

it('tells of progress only when it has asked or something has changed', async () => {
  const { launcher, work } = await submitStudy();
  const published = vi.spyOn(work.events, 'publish');
  const looks = vi.spyOn(launcher, 'look');
  await eventually(() => looks.mock.calls.length).toBeGreaterThan(4);
  expect(published.mock.calls.length).toBeLessThanOrEqual(looks.mock.calls.length + 1);
  work.detach();
  await work.ended;
});
