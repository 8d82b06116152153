import { expect, it } from 'vitest';
import { openLog, config } from '../runs/fixtures.ts';
import { Place } from '../hosts/cli/support.ts';
import { testEngineFiles } from '../support/engine.ts';
import { forkTrainer } from '../../src-main/hosts/forkTrainer.ts';
import { ActiveRun, type RunEvent } from '../../src-main/supervisor/ActiveRun.ts';
import type { StartTrainer } from '../../src-main/supervisor/TrainerLink.ts';

/** Far above what a machine with other work takes from a trainer that goes on. */
const limits = { tick: 100, minSilence: 3000, factor: 5, maxSilence: 3000, grace: 100 };

/** Starts trainers and knows the process of the latest one. */
function trainers() {
  let pid = 0;
  const start: StartTrainer = () => {
    const link = forkTrainer();
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
async function trainingRun() {
  const place = await Place.make();
  const log = openLog(place.home);
  const small = ['crop=32', 'width=0.03125'].map((setting) => `network.${setting}`);
  const { id } = log.create({
    config: config(
      ...small,
      'network.config=A',
      'data.trainScale=36',
      'evaluation.testScales=36',
      'training.batch=10',
      'training.epochs=100000',
      `data.dataset=${JSON.stringify(await place.dataset())}`,
    ),
  });
  const { start, signal } = trainers();
  const run = new ActiveRun({ log, engine: await testEngineFiles(), startTrainer: start, limits }, id, [
    { protocol: 'dense', testScales: [36] },
  ]);
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
  const { run, log, id, signal, until, listed, isChanged } = await trainingRun();
  expect(listed()).toBeNull();
  signal('SIGSTOP');
  const { since } = await until('unresponsive');
  expect(listed()).toBe(since);
  expect(isChanged()).toBe(true);
  signal('SIGCONT');
  const { silentSeconds } = await until('responsive');
  expect(silentSeconds).toBeGreaterThanOrEqual(limits.minSilence / 1000);
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
