import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Place, smallNet } from './support.ts';

const endSchema = z.strictObject({
  run: z.string(),
  status: z.literal('finished'),
  top1Error: z.number().min(0).max(100),
  top5Error: z.number().min(0).max(100),
});
const listSchema = z.array(z.looseObject({ id: z.string(), status: z.string() }));

test('train tells its events and its result; the log holds the run', async () => {
  const place = await Place.make({ trainers: 'here' });
  await place.dataset();
  const cli = place.start(
    ...['train', ...smallNet, '--data', 'images', '--batch', '16', '--epochs', '2', '--seed', '1'],
    ...['training.threads=2', '--json'],
  );
  const ended = await cli.ended;
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stdout.trimEnd().split('\n')).toHaveLength(cli.events.length);
  const first = endSchema.parse(cli.events.at(-1));
  expect(cli.events[0]).toEqual({ type: 'run', run: first.run });
  expect(cli.events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['started', 'metrics', 'checkpoint', 'evaluation']),
  );
  expect(ended.stderr).toMatch(/epoch 2\/2 .*validation \(centre crop\) top-1/);

  const ranged = endSchema.parse(
    await place.answer(
      ...['train', '--data', 'images', '--train-scale', '36-72', '--test-scale', '32,36,40'],
      ...['--batch', '16', '--epochs', '1', '--from', first.run, '--name', 'jittered'],
    ),
  );
  const list = listSchema.parse(await place.answer('runs', 'list'));
  expect(list).toMatchObject([
    { id: ranged.run, status: 'finished', name: 'jittered', trainScale: [36, 72] },
    { id: first.run, status: 'finished', top1Error: first.top1Error },
  ]);
  const shown = await place.answer('runs', 'show', ranged.run);
  expect(shown).toMatchObject({
    run: {
      config: {
        // Of the weights that it began from.
        network: { config: 'A', crop: 32, width: 0.03125 },
        // Also where it can be found from another folder.
        data: { dataset: join(place.folder, 'images') },
        initialisation: { from: first.run },
      },
    },
    evaluations: [{ protocol: 'dense', testScales: [32, 36, 40], images: 10, top1Error: ranged.top1Error }],
  });

  // What is finished stays so: resuming it answers again.
  expect(endSchema.parse(await place.answer('resume', ranged.run))).toEqual(ranged);
  const resumed = await place.run('resume', ranged.run);
  expect(resumed.code).toBe(0);
  expect(resumed.stdout).toMatch(
    /dense, score map averaged before softmax, with flip +36–72 +32,36,40 +best/,
  );
});

test('runs are compared, exported, deleted and imported again', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset({ train: 1 });
  const train = async (seed: number) => {
    const words = [
      'train',
      ...smallNet,
      '--data',
      data,
      '--batch',
      '10',
      '--epochs',
      '1',
      '--seed',
      String(seed),
    ];
    return endSchema.parse(await place.answer(...words)).run;
  };
  const [one, other] = [await train(1), await train(2)];

  expect(await place.answer('runs', 'compare', one, other)).toMatchObject({
    differences: [{ key: 'training.seed', values: [1, 2] }],
  });
  const exported = join(place.folder, 'exported', one);
  expect(await place.answer('runs', 'export', one, '--folder', 'exported')).toEqual({ exported: [exported] });
  expect(existsSync(join(exported, 'config.yaml'))).toBe(true);

  const said = ['--name', 'first', '--tags', 'small, quick', '--colour', '#FF8000', '--pin'];
  await place.answer('runs', 'annotate', one, ...said);
  expect(await place.answer('runs', 'annotate', one, '--notes', 'as expected', '--no-pin')).toEqual({
    run: one,
    name: 'first',
    tags: ['small', 'quick'],
    notes: 'as expected',
    colour: '#ff8000',
    pinned: false,
  });
  await place.run('runs', 'delete', one);
  expect(await place.answer('runs', 'trash')).toMatchObject([{ id: one, name: 'first' }]);
  expect(await place.answer('runs', 'list')).toMatchObject([{ id: other }]);
  expect(await place.answer('runs', 'restore', one)).toEqual({ restored: [one] });
  // Nobody is there to be asked.
  const refused = await place.run('runs', 'delete', one, '--forever');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('--yes');
  expect(await place.answer('runs', 'delete', one, '--forever', '--yes')).toEqual({ deleted: [one] });
  expect(await place.answer('runs', 'list')).toMatchObject([{ id: other }]);

  expect(await place.answer('runs', 'import', exported)).toEqual({ imported: [one], studies: [], known: [] });
  const text = await place.run('runs', 'list');
  expect(text.stdout).toContain(one);
  expect(text.stdout).toContain("by the protocol, scales and checkpoint in each run's settings");
  expect((await place.run('runs', 'show', one)).stdout).toMatch(
    /dense, score map averaged before softmax, with flip +36 +36 +best/,
  );
});

test('paths are those of the caller, also through npm', async () => {
  const place = await Place.make({ trainers: 'here' });
  await place.dataset();
  const ended = await place.startNpm('data', 'check', 'images', '--json').ended;
  expect(ended.code, ended.stderr).toBe(0);
  expect(JSON.parse(ended.stdout)).toMatchObject({ images: { train: 40, val: 10 }, errors: 0 });
});
