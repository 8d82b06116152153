import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { StartTrainer } from '../../../src-main/supervisor/TrainerLink.ts';
import { netsOf } from '../../../src-main/vocabulary/paperTables.ts';
import { Place } from '../../hosts/cli/support.ts';
import { isEmpty, openWorkbench, queueState } from '../../queue/support.ts';
import { endlessTrainer, failingTrainer, inTurn, readyTrainer } from '../../support/scriptedTrainer.ts';
import { trainerHere } from '../../support/trainerHere.ts';
import { until } from '../../support/until.ts';

const tiny = ['network.width=0.03125', 'training.epochs=1', 'data.workers=1'];
const study = (id: string) => ({ kind: 'study', id }) as const;

interface Wish {
  /** The nets; by default all. */
  only?: string[];
  startTrainer: StartTrainer;
}

/** A study of nets that train in a moment on ten images. */
async function newStudy({ only, startTrainer }: Wish) {
  const place = await Place.make();
  const dataset = await place.dataset({ train: 1 });
  const opened = openWorkbench(place.home, startTrainer);
  const requested = { preset: 'quick', dataset, overrides: tiny };
  const { id } = await opened.client.studies.create({ ...requested, ...(only && { only }) });
  const statuses = async () => {
    const { progress } = await opened.client.studies.get({ id });
    return Object.fromEntries(progress.runs.map(({ key, status }) => [key, status]));
  };
  return { ...opened, place, requested, id, statuses };
}

it('trains the rows that are asked for, more of them while it is under way, and tells where all stand', async () => {
  const { client, id, statuses } = await newStudy({ startTrainer: trainerHere });
  expect(Object.values(await statuses())).toEqual(Array(12).fill('queued'));
  const row = async (net: string, table: 3 | 4 = 3) => {
    const { rows } = await client.tables.get({ study: id, table });
    return rows.find(({ paper }) => netsOf(paper).join() === net);
  };
  const missing = await row('B');
  expect(missing).toMatchObject({
    keys: ['B@256#1'],
    result: null,
    runs: [{ status: 'queued', runId: null }],
  });

  await client.queue.add({ ...study(id), only: ['A-LRN'] });
  await queueState(client, ({ entries }) => entries[0]?.state === 'running');
  // While the study is starting, and again once it is under way.
  await client.queue.add({ ...study(id), only: missing?.keys ?? [] });
  await queueState(client, isEmpty);
  expect(await statuses()).toMatchObject({
    'A-LRN@256#1': 'finished',
    'A@256#1': 'finished',
    'B@256#1': 'finished',
    'C@256#1': 'queued',
  });
  const { study: after, progress } = await client.studies.get({ id });
  expect(after.status).toBe('paused');
  const trained = progress.runs.find(({ key }) => key === 'B@256#1');
  expect(trained).toMatchObject({
    done: 1,
    epoch: 1,
    top1Error: { protocol: 'multi-crop-3x3' },
    error: null,
  });
  for (const table of [3, 4] as const) {
    const filled = await row('B', table);
    expect(filled?.result?.images).toBe(10);
    expect(filled?.runs).toMatchObject([{ status: 'finished', runId: trained?.runId }]);
  }
  expect(filledCount(await client.studies.list())).toEqual([[id, 3, 12]]);
});

it('is of chosen nets and those that they start from, where it is made so', async () => {
  const { client, requested, id, statuses } = await newStudy({
    only: ['A-LRN', 'B', 'A'],
    startTrainer: inTurn(readyTrainer, readyTrainer, readyTrainer),
  });
  expect(Object.keys(await statuses())).toEqual(['A@256#1', 'A-LRN@256#1', 'B@256#1']);
  expect(await client.studies.create({ ...requested, only: ['A', 'B', 'A-LRN', 'B'] })).toEqual({
    id,
    known: true,
  });
  expect((await client.studies.create(requested)).known).toBe(false);
  const { rows } = await client.tables.get({ study: id, table: 3 });
  expect(rows.find(({ paper }) => netsOf(paper).join() === 'D')).toMatchObject({
    keys: [],
    runs: [],
    result: null,
  });
  await expect(client.studies.create({ ...requested, only: ['F'] })).rejects.toMatchObject({
    code: 'study-run-unknown',
  });
  await client.queue.add(study(id));
  await queueState(client, isEmpty);
  expect((await client.studies.get({ id })).study.status).toBe('finished');
});

it('tells of failures also when it is over, tries them again, and leaves its runs when it is removed', async () => {
  const error = { code: 'training-diverged', message: 'No.', nextStep: 'Lower.', kind: 'failure' } as const;
  const refused = Promise.withResolvers<undefined>();
  const { client, id, statuses, place } = await newStudy({
    only: ['B'],
    startTrainer: inTurn(failingTrainer(error), failingTrainer(error, refused.promise)),
  });
  await client.queue.add(study(id));
  await queueState(client, isEmpty);
  expect(await statuses()).toEqual({ 'A@256#1': 'failed', 'B@256#1': 'blocked' });
  const { progress, study: over, runs } = await client.studies.get({ id });
  expect(over.status).toBe('failed');
  expect(progress.runs[0]?.error).toMatchObject({ code: 'training-diverged' });
  const [run] = runs;

  await client.queue.add(study(id));
  await until(async () => (await client.studies.get({ id })).study.status === 'running');
  await expect(client.studies.remove({ id })).rejects.toMatchObject({ code: 'study-busy' });
  refused.resolve(undefined);
  await queueState(client, isEmpty);
  expect((await client.studies.get({ id })).runs).toEqual(runs);

  await client.studies.remove({ id });
  expect(await client.studies.list()).toEqual([]);
  expect(existsSync(join(place.home, 'studies', `${id}.json`))).toBe(false);
  expect((await client.runs.get({ id: run?.runId ?? '' })).run.status).toBe('failed');
});

it('can be paused, and says so of itself and of the run under way', async () => {
  const { client, id, statuses } = await newStudy({ startTrainer: inTurn(endlessTrainer) });
  await client.queue.add(study(id));
  await queueState(client, ({ entries }) => entries[0]?.state === 'running');
  await until(async () => (await statuses())['A@256#1'] === 'running');
  await client.queue.pause(study(id));
  // Asked for again while it stops, it comes once more.
  await client.queue.hold({ held: true });
  const stopping = await client.queue.add(study(id));
  expect(stopping.entries).toMatchObject([{ id, state: 'stopping' }]);
  const stopped = await queueState(client, ({ entries }) => entries[0]?.state !== 'stopping');
  expect(stopped.entries).toMatchObject([{ id, state: 'waiting' }]);
  expect((await client.studies.get({ id })).study.status).toBe('paused');
  expect((await statuses())['A@256#1']).toBe('paused');
});

function filledCount(studies: { id: string; done: number; runs: number }[]) {
  return studies.map(({ id, done, runs }) => [id, done, runs]);
}
