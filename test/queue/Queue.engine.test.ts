import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { failingTrainer, inTurn, readyTrainer } from '../support/scriptedTrainer.ts';
import { differences, losses } from '../support/sameTraining.ts';
import { trainerHere } from '../support/trainerHere.ts';
import { until } from '../support/until.ts';
import { Place } from '../hosts/cli/support.ts';
import { isEmpty, madeStep, newRun, openWorkbench, queueState, QueueProcess, shown } from './support.ts';

const run = (id: string) => ({ kind: 'run', id }) as const;
const long = 'training.epochs=400';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the queue', () => {
  it('trains one run after the other, in an order that can be changed', async () => {
    const place = await Place.make();
    const data = await place.dataset();
    const { client } = openWorkbench(place.home, inTurn(readyTrainer, readyTrainer, readyTrainer));
    const [a, b, c] = [await newRun(client, data), await newRun(client, data), await newRun(client, data)];
    await client.queue.hold({ held: true });
    for (const id of [a, b, c]) await client.queue.add(run(id));
    // One that waits already keeps its place.
    await client.queue.add(run(a));
    await client.queue.move({ ...run(c), before: run(a) });
    const held = await client.queue.move({ ...run(a), before: null });
    expect(shown(held)).toEqual([
      [c, 'waiting'],
      [b, 'waiting'],
      [a, 'waiting'],
    ]);
    expect(shown(await client.queue.hold({ held: false }))[0]).toEqual([c, 'running']);
    await queueState(client, isEmpty);
    const runs = await Promise.all([c, b, a].map(async (id) => (await client.runs.get({ id })).run));
    expect(runs.map(({ status }) => status)).toEqual(['finished', 'finished', 'finished']);
    const times = runs.flatMap(({ startedAt, finishedAt }) => [startedAt ?? '', finishedAt ?? '']);
    expect(times).toEqual([...times].sort());
    await expect(client.queue.add(run(a))).rejects.toMatchObject({ code: 'run-finished' });
  });

  it('pauses a run for the next one; resumed, it ends with the bytes of an unbroken one', async () => {
    const place = await Place.make();
    const data = await place.dataset();
    const startTrainer = inTurn(trainerHere, trainerHere, readyTrainer, trainerHere);
    const { client } = openWorkbench(place.home, startTrainer);
    const epochs = 'training.epochs=6';
    const [unbroken, paused, next] = [
      await newRun(client, data, epochs),
      await newRun(client, data, epochs),
      await newRun(client, data),
    ];
    await client.queue.add(run(unbroken));
    await queueState(client, isEmpty);

    await client.queue.add(run(paused));
    await client.queue.add(run(next));
    await expect(client.queue.pause(run(next))).rejects.toMatchObject({ code: 'not-under-way' });
    await queueState(client, ({ entries }) => entries[0]?.state === 'running');
    await whenActive(() => madeStep(client, paused));
    expect(shown(await client.queue.pause(run(paused)))[0]).toEqual([paused, 'stopping']);
    const after = await queueState(client, ({ entries }) => entries[0]?.id !== paused);
    expect(shown(after)).toEqual([[next, 'running']]);
    const { run: then } = await client.runs.get({ id: paused });
    expect(then.status).toBe('paused');
    await queueState(client, isEmpty);

    await client.queue.add(run(paused));
    await queueState(client, isEmpty);
    expect((await client.runs.get({ id: paused })).run.status).toBe('finished');
    for (const kind of ['last', 'best']) {
      const file = (id: string) => place.runFile(id, 'checkpoints', `${kind}.safetensors`);
      expect(differences(file(paused), file(unbroken))).toEqual([]);
    }
    expect(losses(place.runFile(paused, 'metrics.csv'))).toEqual(
      losses(place.runFile(unbroken, 'metrics.csv')),
    );
  });

  it('goes on after a run that fails, and takes out one under way with a checkpoint', async () => {
    const place = await Place.make();
    const data = await place.dataset();
    const error = { code: 'training-diverged', message: 'No.', nextStep: 'Lower.', kind: 'failure' } as const;
    const startTrainer = inTurn(failingTrainer(error), trainerHere, readyTrainer);
    const { client } = openWorkbench(place.home, startTrainer);
    const [failing, removed, gone, last] = [
      await newRun(client, data),
      await newRun(client, data, long),
      await newRun(client, data),
      await newRun(client, data),
    ];
    for (const id of [failing, removed, gone, last]) await client.queue.add(run(id));
    await queueState(client, ({ entries }) => entries[0]?.id === removed);
    await whenActive(() => madeStep(client, removed));
    await client.runs.remove({ ids: [gone] });
    await client.queue.remove(run(removed));
    await queueState(client, isEmpty);
    const status = async (id: string) => (await client.runs.get({ id })).run.status;
    expect([await status(failing), await status(removed), await status(last)]).toEqual([
      'failed',
      'interrupted',
      'finished',
    ]);
    expect(existsSync(place.runFile(removed, 'checkpoints', 'last.safetensors'))).toBe(true);
    expect((await client.queue.get()).held).toBe(false);
  });

  it('is held, with the entry first, where nothing can be trained', async () => {
    const place = await Place.make();
    const data = await place.dataset();
    // A disk cannot be filled here, so the trainer only says that it is.
    const error = {
      code: 'disk-full',
      message: 'No space is left.',
      nextStep: 'Free some.',
      kind: 'failure',
    } as const;
    const { client } = openWorkbench(place.home, failingTrainer(error));
    const [first, second] = [await newRun(client, data), await newRun(client, data)];
    await client.queue.hold({ held: true });
    for (const id of [first, second]) await client.queue.add(run(id));
    await client.queue.hold({ held: false });
    const full = await queueState(client, ({ held }) => held);
    expect(full.reason).toBe('No space is left. Free some.');
    expect(shown(full)).toEqual([
      [first, 'waiting'],
      [second, 'waiting'],
    ]);

    vi.stubEnv('VGG_CACHE', join(place.folder, 'empty'));
    vi.stubEnv('VGG_TENSORFLOW', undefined);
    await client.queue.hold({ held: false });
    const missing = await queueState(client, ({ held }) => held);
    expect(missing.reason).toContain('TensorFlow is not set up');
    expect(shown(missing)[0]).toEqual([first, 'waiting']);
  });
});

describe('a queue that outlives its program', () => {
  it('is held after a kill, what was under way first, and goes on with one call', async () => {
    const place = await Place.make();
    const data = await place.dataset();
    const before = openWorkbench(place.home, inTurn(trainerHere, readyTrainer));
    const [killed, waiting] = [await newRun(before.client, data, long), await newRun(before.client, data)];
    const program = new QueueProcess(place.home, place.environment, [killed, waiting]);
    await program.underWay();
    // Of two programs one works through it.
    await expect(before.client.queue.get()).rejects.toMatchObject({ code: 'queue-elsewhere' });
    await expect(before.client.runs.start({ id: killed })).rejects.toMatchObject({ code: 'run-busy' });
    await program.kill();

    const { client } = before;
    const found = await client.queue.get();
    expect(found.reason).toBe(`The program ended while ${killed} was under way.`);
    expect(found.held).toBe(true);
    expect(shown(found)).toEqual([
      [killed, 'waiting'],
      [waiting, 'waiting'],
    ]);
    expect((await client.runs.get({ id: killed })).run.status).toBe('interrupted');

    await client.queue.hold({ held: false });
    await whenActive(() => madeStep(client, killed));
    const { series } = await client.runs.get({ id: killed });
    expect(series.find(({ name }) => name === 'train/loss')?.points).toBeGreaterThanOrEqual(3);
    await client.queue.pause(run(killed));
    await queueState(client, isEmpty);
    expect((await client.runs.get({ id: waiting })).run.status).toBe('finished');
  });

  it('keeps what was under way first when it is closed', async () => {
    const place = await Place.make();
    const data = await place.dataset();
    const first = openWorkbench(place.home, trainerHere);
    const [underWay, waiting] = [await newRun(first.client, data, long), await newRun(first.client, data)];
    for (const id of [underWay, waiting]) await first.client.queue.add(run(id));
    await whenActive(() => madeStep(first.client, underWay));
    await first.workbench.close();

    const { client } = openWorkbench(place.home);
    const found = await client.queue.get();
    expect(found).toMatchObject({ held: true, reason: 'The program was closed.' });
    expect(shown(found)).toEqual([
      [underWay, 'waiting'],
      [waiting, 'waiting'],
    ]);
    const { run: closed, checkpoints } = await client.runs.get({ id: underWay });
    expect(closed.status).toBe('interrupted');
    expect(checkpoints.map(({ kind }) => kind)).toContain('last');
  });

  it('leaves a run that the command line trains to it', async () => {
    const place = await Place.make();
    const data = await place.dataset();
    const { client } = openWorkbench(place.home, inTurn(readyTrainer));
    const id = await newRun(client, data, long);
    const cli = place.start('resume', id, '--json');
    await cli.event(({ type }) => type === 'started');
    await expect(client.queue.add(run(id))).rejects.toMatchObject({ code: 'run-busy' });
    cli.kill('SIGINT');
    expect((await cli.ended).code).toBe(130);
    expect(shown(await client.queue.add(run(id)))).toEqual([[id, 'running']]);
  });

  it('sets aside a file that cannot be read', async () => {
    const place = await Place.make();
    const data = await place.dataset();
    const { client, workbench } = openWorkbench(place.home);
    await newRun(client, data);
    writeFileSync(join(workbench.home, 'queue.json'), '{"held": ');
    expect(await client.queue.get()).toMatchObject({ held: true, entries: [] });
    expect(readFileSync(join(workbench.home, 'queue.json.unreadable'), 'utf8')).toBe('{"held": ');
  });
});

/** A run is there to be watched a moment after the queue has started it. */
async function whenActive(work: () => Promise<void>): Promise<void> {
  await until(async () => {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'run-not-active') return false;
      throw error;
    }
  });
}

describe('a run in the queue whose last checkpoint is damaged', () => {
  it('goes on from its best one where that is asked for, once', async () => {
    const place = await Place.make();
    const { client } = openWorkbench(place.home, trainerHere);
    const id = await newRun(client, await place.dataset(), 'training.epochs=1');
    await client.queue.add(run(id));
    await queueState(client, isEmpty);
    await client.runs.extend({ id, epochs: 2 });
    const last = join(place.home, 'runs', id, 'checkpoints', 'last.safetensors');
    const bytes = readFileSync(last);
    bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1;
    // Where the last epoch was the best, both names are of one file.
    rmSync(last);
    writeFileSync(last, bytes);
    await client.queue.add(run(id));
    await queueState(client, isEmpty);
    expect((await client.runs.get({ id })).run.error).toMatchObject({ code: 'weights-corrupt' });

    await client.queue.hold({ held: true });
    await client.queue.add({ ...run(id), fromBest: true });
    await client.queue.add(run(id));
    await client.queue.hold({ held: false });
    const saved: unknown = JSON.parse(readFileSync(join(place.home, 'queue.json'), 'utf8'));
    expect(saved).toMatchObject({ current: run(id) });
    expect(saved).not.toMatchObject({ current: { fromBest: true } });
    await queueState(client, isEmpty);
    expect((await client.runs.get({ id })).run).toMatchObject({ status: 'finished', error: null });
  });
});
