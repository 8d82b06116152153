import { expect, it } from 'vitest';
import { Place } from '../../hosts/cli/support.ts';
import { isEmpty, openWorkbench, queueState } from '../../queue/support.ts';
import { trainerHere } from '../../support/trainerHere.ts';

/** A comparison of nets that train in a moment on forty images. */
async function newComparison(...overrides: string[]) {
  const place = await Place.make();
  const opened = openWorkbench(place.home, trainerHere);
  const requested = {
    preset: 'quick',
    comparison: 'initialisation',
    dataset: await place.dataset({ train: 4 }),
    overrides: [
      'network.width=0.03125',
      'training.epochs=1',
      'training.batch=10',
      'data.workers=1',
      ...overrides,
    ],
  };
  const { id } = await opened.client.studies.create(requested);
  const train = async (...only: string[]) => {
    await opened.client.queue.add({ kind: 'study', id, only });
    await queueState(opened.client, isEmpty);
  };
  const row = async (key: string) => {
    const { groups } = await opened.client.comparisons.get({ study: id });
    return groups.flatMap(({ rows }) => rows).find((each) => each.key === key);
  };
  return { ...opened, requested, id, train, row };
}

it('tells what nets are before any was trained, and fills the rows that are trained', async () => {
  const { client, id, requested, row } = await newComparison();
  const { runs, problems } = await client.studies.preview(requested);
  expect(problems).toEqual([]);
  expect(runs.map(({ key }) => key)).toContain('D/from-A#1');
  const table = await client.comparisons.get({ study: id });
  expect(table.groups.map(({ rows }) => rows.length)).toEqual([4, 6, 6]);
  expect(await row('E/glorot')).toMatchObject({ keys: ['E/glorot#1'], runs: [{ status: 'queued' }] });
  expect((await row('E/glorot'))?.cells.depth?.text).toBe('19');

  const { entries } = await client.queue.add({ kind: 'study', id, only: ['D/from-A-glorot'] });
  expect(entries).toMatchObject([{ title: 'Initialisation, quick' }]);
  await queueState(client, isEmpty);
  const trained = await row('D/from-A-glorot');
  expect(trained).toMatchObject({ seeds: [1], images: 10, runs: [{ status: 'finished' }] });
  const run = await client.runs.get({ id: trained?.runs[0]?.runId ?? '' });
  const source = await row('A/glorot');
  expect(run.run.config.initialisation).toMatchObject({ from: source?.runs[0]?.runId, layers: 'net-a' });
  expect(trained?.cells.top1?.mean).toBe(run.result?.top1Error);
  const [losses] = await client.runs.metrics({ id: run.run.id, names: ['train/loss'] });
  const mean = (losses?.values ?? []).reduce((sum, value) => sum + value / 4, 0);
  expect(losses?.values).toHaveLength(4);
  expect(trained?.cells.trainLoss?.mean).toBeCloseTo(mean, 10);
  expect((await client.studies.list())[0]).toMatchObject({
    status: 'paused',
    comparison: { name: 'initialisation' },
    runs: 16,
    done: 2,
  });
  // Taken up again rather than made twice.
  expect(await client.studies.create(requested)).toEqual({ id, known: true });
  await expect(client.studies.create({ ...requested, preset: 'paper-evaluation' })).rejects.toMatchObject({
    code: 'preset-trains-nothing',
  });
  await expect(client.tables.get({ study: id, table: 3 })).rejects.toMatchObject({
    code: 'study-without-tables',
  });
});

it('takes a net that diverges for a result, which is not tried again', async () => {
  const { client, id, train, row } = await newComparison('training.learningRate=1e9', 'training.epochs=3');
  await train('A/glorot');
  const diverged = await row('A/glorot');
  expect(diverged).toMatchObject({
    seeds: [],
    outcomes: [{ kind: 'diverged', seed: 1 }],
    runs: [{ status: 'diverged', done: 1, error: { code: 'training-diverged' } }],
  });
  const run = diverged?.runs[0]?.runId ?? '';
  const before = await client.runs.log({ id: run });
  await train('A/glorot');
  expect(await client.runs.log({ id: run })).toEqual(before);
  expect((await client.studies.list())[0]).toMatchObject({ status: 'paused', done: 1 });
  expect(await client.comparisons.render({ study: id, format: 'csv' })).toMatch(
    /A\/glorot,.*diverged at step \d/,
  );
});
