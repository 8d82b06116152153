import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Draws } from '../../../src-main/foundation/random.ts';
import { ChangeCount, differencesBetween, killedAgainAndAgain, runOf } from '../../support/killing.ts';
import { until } from '../../support/until.ts';
import { isAlive, Place, smallNet } from './support.ts';

const endSchema = z.object({
  run: z.string(),
  status: z.string(),
  top1Error: z.number(),
  top5Error: z.number(),
});
const runSchema = z.object({ run: z.object({ environment: z.unknown() }) });
const training = [
  ...smallNet,
  '--batch',
  '10',
  '--micro-batch',
  '5',
  'training.checkpointSeconds=0.2',
  'training.statisticsEvery=3',
];

/** A training that this process watches from its start to its end, and how many changes it makes to its files. */
async function undisturbed(place: Place, command: readonly string[]) {
  const runs = place.runFile('.');
  const ended = place.answer(...command);
  await Promise.race([ended, until(() => existsSync(runs) && readdirSync(runs).length > 0)]);
  const [run = ''] = readdirSync(runs);
  const changes = new ChangeCount(place.runFile(run));
  const end = z.looseObject({}).parse(await ended);
  changes.close();
  return { run, changes: changes.seen, end };
}

const isStep = (least: number) => (event: Record<string, unknown>) =>
  event.type === 'metrics' && Number(event.step) >= least;

describe('a run that is killed', () => {
  // The second has running statistics, which no gradient tells.
  test.each([
    ['a net of Table 1', ['training.epochs=4'], 2],
    ['a net with batch normalisation', ['network.config=resnet-34', 'training.epochs=2'], 1],
  ])('and resumed, ends with the same bytes as an undisturbed one: %s', async (_, net, times) => {
    const place = await Place.make();
    const data = await place.dataset();
    const command = ['train', ...training, ...net, '--data', data];

    const expected = await undisturbed(place, command);
    expect(expected.changes).toBeGreaterThan(20);
    const draws = new Draws(times, 'crop');
    const most = expected.changes * 0.5;
    const killed = await killedAgainAndAgain(place, [...command, '--json'], {
      draws,
      kills: Array<'both'>(times).fill('both'),
      most,
    });
    expect(killed.kills.length).toBeGreaterThan(0);
    expect(differencesBetween(place, killed.run, expected.run, ['last', 'best'])).toEqual([]);
    expect(killed.end).toEqual({ ...expected.end, run: killed.run });
  });

  test('with its workbench alone checkpoints and ends, and can be resumed at once', async () => {
    const place = await Place.make();
    const data = await place.dataset();
    const words = ['train', ...smallNet, '--data', data, '--batch', '10', '--epochs', '3', '--json'];
    const cli = place.start(...words);
    const run = await runOf(cli);
    await cli.event(isStep(3));
    const trainer = place.trainerOf(run) ?? 0;
    cli.kill('SIGKILL');
    await cli.ended;

    const list = z
      .array(z.object({ id: z.string(), status: z.string() }))
      .parse(await place.answer('runs', 'list'));
    expect(list).toEqual([expect.objectContaining({ id: run, status: 'interrupted' })]);
    const resumed = place.start('resume', run, '--json');
    const { step } = await resumed.event(({ type }) => type === 'started');
    expect(Number(step)).toBeGreaterThanOrEqual(3);
    expect(isAlive(trainer)).toBe(false);
    // A terminal sends its signals to the trainer too, which leaves them to the workbench.
    for (const signal of ['SIGTERM', 'SIGHUP']) process.kill(place.trainerOf(run) ?? 0, signal);
    expect((await resumed.ended).code).toBe(0);
    expect(endSchema.parse(resumed.events.at(-1))).toMatchObject({ run, status: 'finished' });
  });

  test('with its trainer alone has failed, and can be resumed', async () => {
    const place = await Place.make({ trainers: 'here' });
    const data = await place.dataset();
    const cli = place.start('train', ...smallNet, '--data', data, '--batch', '10', '--epochs', '6', '--json');
    const run = await runOf(cli);
    await cli.event(({ type, kind }) => type === 'checkpoint' && kind === 'best');
    process.kill(place.trainerOf(run) ?? 0, 'SIGKILL');
    const ended = await cli.ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('The trainer process was ended by SIGKILL');
    expect(ended.stderr).toContain(`resume ${run}`);
    expect(cli.events.at(-1)).toMatchObject({ run, status: 'failed', error: { code: 'trainer-died' } });

    expect(endSchema.parse(await place.answer('resume', run.slice(-4)))).toMatchObject({
      run,
      status: 'finished',
    });
    expect(existsSync(place.runFile(run, 'checkpoints', 'best.safetensors'))).toBe(true);
  });

  test('between its last checkpoint and its best has both again, on the same images only', async () => {
    const place = await Place.make({ trainers: 'here' });
    const data = await place.dataset();
    const words = ['train', ...smallNet, '--data', data, '--batch', '20', '--epochs', '1'];
    const trained = endSchema.parse(await place.answer(...words));
    const file = (...names: string[]) => place.runFile(trained.run, ...names);
    const best = readFileSync(file('checkpoints', 'best.safetensors'));
    const shown = async () => runSchema.parse(await place.answer('runs', 'show', trained.run)).run;
    expect((await shown()).environment).toMatchObject({
      device: expect.stringMatching(/^[cg]pu$/) as string,
    });

    // As the kill leaves it; the log is lost as well.
    rmSync(file('checkpoints', 'best.safetensors'));
    writeFileSync(file('checkpoints', 'best.safetensors.1.tmp'), 'half of it');
    writeFileSync(
      file('status.json'),
      readFileSync(file('status.json'), 'utf8').replace('"finished"', '"running"'),
    );
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(place.home, `workbench.sqlite${suffix}`), { force: true });

    const added = join(data, 'train', 'class0', 'added.png');
    copyFileSync(join(data, 'train', 'class0', 'train0.png'), added);
    const refused = await place.run('resume', trained.run, '--json');
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      status: 'failed',
      error: { code: 'dataset-changed' },
    });

    rmSync(added);
    expect(endSchema.parse(await place.answer('resume', trained.run))).toEqual(trained);
    expect(readFileSync(file('checkpoints', 'best.safetensors')).equals(best)).toBe(true);
    expect(readdirSync(file('checkpoints')).sort()).toEqual(['best.safetensors', 'last.safetensors']);
  });
});
