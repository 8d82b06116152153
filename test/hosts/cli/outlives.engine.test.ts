import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { readJournal } from '../../../src-main/runs/folder/journal.ts';
import { RunFolder } from '../../../src-main/runs/folder/RunFolder.ts';
import { isAlive } from '../../../src-main/runs/owner.ts';
import { ActiveRun } from '../../../src-main/supervisor/ActiveRun.ts';
import { openLog } from '../../runs/fixtures.ts';
import { testEngineFiles } from '../../support/engine.ts';
import { differencesBetween, runOf } from '../../support/killing.ts';
import { until } from '../../support/until.ts';
import { Place, smallNet, type Cli } from './support.ts';

const isStep = (event: Record<string, unknown>) => event.type === 'metrics' && Number(event.step) >= 3;
const endSchema = z.object({ run: z.string(), status: z.string(), top1Error: z.number() });
const shownSchema = z.object({
  run: z.object({ status: z.string() }),
  evaluations: z.array(z.object({ top1Error: z.number(), top5Error: z.number() })),
});

/** A data folder where trainings go on if their program is killed. What is left of them ends with the test. */
async function lastingPlace(): Promise<Place> {
  const place = await Place.make({ trainers: 'here' });
  place.environment.VGG_KEEP_TRAINING = 'yes';
  onTestFinished(() => {
    for (const run of readdirSync(join(place.home, 'runs'))) {
      const trainer = trainerOf(place, run);
      if (trainer && isAlive(trainer)) process.kill(trainer.pid, 'SIGKILL');
    }
  });
  return place;
}

function trainerOf(place: Place, run: string) {
  return readJournal(new RunFolder(place.runFile(run)).journal)?.head.trainer;
}

/** Ends a program once its run has made some steps, while its trainer stands still. */
async function killed(place: Place, cli: Cli, run: string, signal: 'SIGKILL' | 'SIGHUP') {
  await cli.event(isStep);
  const trainer = trainerOf(place, run);
  if (!trainer) throw new Error('The trainer has written nothing.');
  process.kill(trainer.pid, 'SIGSTOP');
  cli.kill(signal);
  expect((await cli.ended).signal).toBe(signal);
  const list = z.array(z.object({ id: z.string(), status: z.string() }));
  expect(list.parse(await place.answer('runs', 'list'))).toContainEqual(
    expect.objectContaining({ id: run, status: 'running' }),
  );
  return trainer;
}

test('a training goes on without its program, is taken up, and ends with the same bytes', async () => {
  const place = await lastingPlace();
  const data = await place.dataset();
  const settings = ['--batch', '10', '--epochs', '45', 'training.checkpointSeconds=0.5'];
  const command = ['train', ...smallNet, ...settings, '--data', data];
  const expected = endSchema.parse(await place.answer(...command));

  const first = place.start(...command, '--json');
  const run = await runOf(first);
  const trainer = await killed(place, first, run, 'SIGHUP');
  const second = place.start('resume', run, '--json');
  expect(await second.event(({ type }) => type === 'started')).toMatchObject({ step: 0 });
  process.kill(trainer.pid, 'SIGCONT');
  await second.event(isStep);
  second.kill('SIGINT');
  expect((await second.ended).code).toBe(130);
  expect(second.events.at(-1)).toMatchObject({ run, status: 'interrupted' });
  expect(isAlive(trainer)).toBe(false);

  const third = place.start('resume', run, '--json');
  const last = await killed(place, third, run, 'SIGKILL');
  process.kill(last.pid, 'SIGCONT');
  await until(() => !isAlive(last));
  const shown = shownSchema.parse(await place.answer('runs', 'show', run));
  expect(shown.run.status).toBe('finished');
  expect(shown.evaluations).toHaveLength(1);
  expect(expected).toMatchObject({ status: 'finished', top1Error: shown.evaluations[0]?.top1Error });
  expect(differencesBetween(place, run, expected.run, ['last', 'best'])).toEqual([]);
});

test('a trainer that hangs after it was taken up is noticed, and can be killed', async () => {
  const place = await lastingPlace();
  const data = await place.dataset();
  const cli = place.start('train', ...smallNet, '--data', data, '--epochs', '100000', '--json');
  const run = await runOf(cli);
  const trainer = await killed(place, cli, run, 'SIGKILL');
  process.kill(trainer.pid, 'SIGCONT');

  const log = openLog(place.home);
  const limits = { tick: 100, minSilence: 3000, factor: 5, maxSilence: 3000, grace: 100 };
  const startTrainer = () => {
    throw new Error('It has a trainer.');
  };
  const active = new ActiveRun({ log, engine: await testEngineFiles(), startTrainer, limits }, run, []);
  let unresponsiveSince: string | null = null;
  for await (const event of active.events.read()) {
    if (event.type === 'metrics' && unresponsiveSince === null) {
      unresponsiveSince = 'nothing';
      process.kill(trainer.pid, 'SIGSTOP');
    }
    if (event.type !== 'unresponsive') continue;
    unresponsiveSince = log.runs.get(run).unresponsiveSince;
    active.stop('paused');
  }
  expect(unresponsiveSince).toMatch(/^2/);
  expect(await active.ended).toEqual({ status: 'paused', error: null });
  expect(isAlive(trainer)).toBe(false);
});
