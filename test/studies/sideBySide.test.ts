import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { ActiveStudy, type Sharing } from '../../src-main/studies/ActiveStudy.ts';
import { loadPreset } from '../../src-main/studies/preset.ts';
import { aStudy } from '../support/aStudy.ts';
import { openLog } from '../runs/fixtures.ts';
import { FakeTrainers } from './FakeTrainers.ts';

/** A study of A, A-LRN, B and C at the smallest S, of which B and C start from A. */
function startStudy(sharing: Sharing) {
  const log = openLog();
  const only = ['A', 'A-LRN', 'B@256', 'C@256'];
  const definition = { preset: loadPreset('quick'), dataset: 'fashion-mnist', overrides: [], only };
  const { id } = aStudy();
  log.studies.put(aStudy({ dataset: 'fashion-mnist', definition }));
  const trainers = new FakeTrainers((folder) => log.runs.get(basename(folder)).name);
  const engine = {
    addon: 'none',
    libraryFolder: 'none',
    build: 'cpu' as const,
    version: '2',
    kernelsMissing: null,
  };
  const services = { log, engine, startTrainer: trainers.start };
  const study = new ActiveStudy(services, id, () => undefined, { sharing });
  const statuses = () =>
    Object.fromEntries(log.studies.runsOf(id).map(({ key, runId }) => [key, log.runs.get(runId).status]));
  return { log, study, trainers, statuses };
}

const two = { atOnce: 2, threads: 3 };

it('trains two runs at once, each with its threads, and one that starts from another after it', async () => {
  const { log, study, trainers, statuses } = startStudy(two);
  await trainers.expectUnderWay({ 'A@256#1': 3, 'A-LRN@256#1': 3 });
  trainers.finish('A-LRN@256#1');
  await trainers.expectUnderWay({ 'A@256#1': 3 });
  trainers.finish('A@256#1');
  await trainers.expectUnderWay({ 'B@256#1': 3, 'C@256#1': 3 });
  trainers.finish('C@256#1');
  trainers.finish('B@256#1');
  await study.ended;
  expect(new Set(Object.values(statuses()))).toEqual(new Set(['finished']));
  // So that it goes on with as many threads wherever it is resumed.
  const runs = log.studies.runsOf(study.id).map(({ runId }) => log.runs.get(runId));
  expect(runs.map(({ config }) => config.training.threads)).toEqual([3, 3, 3, 3]);
});

it('leaves the others alone when one fails, and gives up those that start from it', async () => {
  const { study, trainers, statuses } = startStudy(two);
  await trainers.expectUnderWay({ 'A@256#1': 3, 'A-LRN@256#1': 3 });
  trainers.fail('A@256#1');
  await trainers.expectUnderWay({ 'A-LRN@256#1': 3 });
  trainers.finish('A-LRN@256#1');
  expect(await study.ended).toMatchObject({ status: 'failed', error: { code: 'trainer-died' } });
  expect(statuses()).toEqual({ 'A@256#1': 'failed', 'A-LRN@256#1': 'finished' });
});

it('stops all that are under way when it is stopped, and starts no other', async () => {
  const { study, trainers, statuses } = startStudy(two);
  await trainers.expectUnderWay({ 'A@256#1': 3, 'A-LRN@256#1': 3 });
  study.stop('paused');
  expect(await study.ended).toMatchObject({ status: 'paused' });
  expect(statuses()).toEqual({ 'A@256#1': 'paused', 'A-LRN@256#1': 'paused' });
  expect(trainers.started).toHaveLength(2);
});

it('lets the others go on to their end when a person stops one', async () => {
  const { study, trainers, statuses } = startStudy(two);
  await trainers.expectUnderWay({ 'A@256#1': 3, 'A-LRN@256#1': 3 });
  trainers.interrupt('A@256#1');
  await trainers.expectUnderWay({ 'A-LRN@256#1': 3 });
  trainers.finish('A-LRN@256#1');
  expect(await study.ended).toMatchObject({ status: 'interrupted' });
  expect(statuses()).toEqual({ 'A@256#1': 'interrupted', 'A-LRN@256#1': 'finished' });
});

it('trains one after the other, in the order of the plan, unless asked otherwise', async () => {
  const { study, trainers } = startStudy({ atOnce: 1, threads: null });
  for (const key of ['A@256#1', 'A-LRN@256#1', 'B@256#1', 'C@256#1']) {
    await trainers.expectUnderWay({ [key]: null });
    trainers.finish(key);
  }
  await study.ended;
  expect(trainers.started).toHaveLength(4);
});

it('divides the threads that prepare images among those at once, and leaves the settings of the runs alone', async () => {
  const { log, study, trainers } = startStudy(two);
  await trainers.expectUnderWay({ 'A@256#1': 3, 'A-LRN@256#1': 3 });
  for (const key of ['A@256#1', 'A-LRN@256#1']) expect(trainers.configOf(key).data.workers).toBe(1);
  for (const { runId } of log.studies.runsOf(study.id))
    expect(log.runs.get(runId).config.data.workers).toBe(2);
  study.stop();
  await study.ended;

  const alone = startStudy({ atOnce: 1, threads: null });
  await alone.trainers.expectUnderWay({ 'A@256#1': null });
  expect(alone.trainers.configOf('A@256#1').data.workers).toBe(2);
  alone.study.stop();
  await alone.study.ended;
});
