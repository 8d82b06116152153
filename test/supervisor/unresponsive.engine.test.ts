import { fork } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLog, config } from '../runs/fixtures.ts';
import { Place } from '../hosts/cli/support.ts';
import { testEngineFiles } from '../support/engine.ts';
import { forkTrainer, linkTo } from '../../src-main/hosts/forkTrainer.ts';
import { ActiveRun, type RunEvent } from '../../src-main/supervisor/ActiveRun.ts';
import type { StartTrainer } from '../../src-main/supervisor/TrainerLink.ts';

/** In milliseconds; far above what a machine with other work takes from a trainer that goes on. */
const silenceOfTrainer = 3000;

/** A process that only gives signs of life: what follows from its silence is the work of this one. */
const beating: StartTrainer = () => {
  const stdio: ('ignore' | 'pipe' | 'ipc')[] = ['ignore', 'pipe', 'pipe', 'ipc'];
  const program = join(import.meta.dirname, 'beatingTrainer.ts');
  return linkTo(fork(program, { serialization: 'advanced', execArgv: [], stdio }), false);
};

/** Starts trainers and knows the process of the latest one. */
function trainers(startOne: StartTrainer) {
  let pid = 0;
  const start: StartTrainer = (...parameters) => {
    const link = startOne(...parameters);
    link.onStart((number) => {
      pid = number;
    });
    return link;
  };
  const signal = (name: NodeJS.Signals) => {
    process.kill(pid, name);
  };
  return { start, signal };
}

/** A small net that trains until it is stopped, after its first steps. */
async function trainingRun(startOne: StartTrainer = beating, silence = 1500) {
  const place = await Place.make();
  const log = openLog(place.home);
  const small = ['crop=32', 'width=0.03125'].map((setting) => `network.${setting}`);
  const { id } = log.create({
    config: config(
      ...small,
      'network.config=A',
      'data.trainScale=36',
      'data.workers=1',
      'evaluation.testScales=36',
      'training.batch=10',
      'training.epochs=100000',
      `data.dataset=${JSON.stringify(await place.dataset())}`,
    ),
  });
  const { start, signal } = trainers(startOne);
  const limits = { tick: 50, minSilence: silence, factor: 5, maxSilence: silence, grace: 100 };
  const services = { log, engine: await testEngineFiles(), startTrainer: start, limits };
  const run = new ActiveRun(services, id, [{ protocol: 'dense', testScales: [36] }]);
  const events = run.events.read();
  const until = async <Type extends RunEvent['type']>(type: Type) => {
    for (;;) {
      const { value } = await events.next();
      if (!value) throw new Error(`The events ended without ${type}.`);
      if (isOf(value, type)) return value;
      if (value.type === 'ended') throw new Error(`The run has ended: ${JSON.stringify(value)}`);
    }
  };
  await until('metrics');
  const listed = () => log.list.all()[0]?.unresponsiveSince;
  const since = log.list.changesSince(null).revision;
  const isChanged = () =>
    log.list.changesSince(since).changed.some((each) => each.unresponsiveSince !== null);
  return { run, log, id, signal, until, listed, isChanged };
}

function isOf<Type extends RunEvent['type']>(
  event: RunEvent,
  type: Type,
): event is Extract<RunEvent, { type: Type }> {
  return event.type === type;
}

it('says of a suspended trainer that it does not respond, and that it responds when it goes on', async () => {
  const { run, log, id, signal, until, listed, isChanged } = await trainingRun(forkTrainer, silenceOfTrainer);
  expect(listed()).toBeNull();
  signal('SIGSTOP');
  const { since } = await until('unresponsive');
  expect(listed()).toBe(since);
  expect(isChanged()).toBe(true);
  signal('SIGCONT');
  const { silentSeconds } = await until('responsive');
  expect(silentSeconds).toBeGreaterThanOrEqual(silenceOfTrainer / 1000);
  expect(listed()).toBeNull();
  await until('metrics');
  run.stop();
  expect(await run.ended).toEqual({ status: 'interrupted', error: null });
  const lines = log.folder(id).logLines(10).join('\n');
  expect(lines).toContain(`has not responded since ${since}`);
  expect(lines).toContain('responds again');
});

it('kills a trainer that does not respond once the run is stopped, and not before', async () => {
  const { run, log, id, signal, until, listed } = await trainingRun();
  signal('SIGSTOP');
  await until('unresponsive');
  run.stop('paused');
  expect(await run.ended).toEqual({ status: 'paused', error: null });
  expect(listed()).toBeNull();
  expect(log.folder(id).logLines(10).join('\n')).toContain('did not respond when it was to end');
});

it('kills a trainer that falls silent after it was asked to stop', async () => {
  const { run, signal, until } = await trainingRun();
  signal('SIGSTOP');
  run.stop();
  await until('unresponsive');
  expect(await run.ended).toEqual({ status: 'interrupted', error: null });
});

it('has failed if it is killed from outside while it does not respond', async () => {
  const { run, signal, until, listed } = await trainingRun();
  signal('SIGSTOP');
  await until('unresponsive');
  signal('SIGKILL');
  expect(await run.ended).toMatchObject({ status: 'failed', error: { code: 'trainer-died' } });
  expect(listed()).toBeNull();
});
