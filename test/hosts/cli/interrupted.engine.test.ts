import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { isAlive, Place, smallNet, type Cli, type Json } from './support.ts';

async function startedRun(place: Place, ...more: string[]) {
  const data = await place.dataset();
  const words = ['train', ...smallNet, '--data', data, '--batch', '10', '--epochs', '400', '--json', ...more];
  const cli = place.start(...words);
  const { run } = await cli.event(({ type }) => type === 'run');
  return { cli, run: String(run) };
}

/** Ends as an interruption asks for: after a checkpoint, with what to do next. @returns the step of that checkpoint */
async function expectInterrupted(cli: Cli, run: string): Promise<number> {
  const ended = await cli.ended;
  expect(ended.code, ended.stderr).toBe(130);
  expect(ended.stderr).toContain(`resume ${run}`);
  expect(cli.events.at(-1)).toMatchObject({ run, status: 'interrupted', top1Error: null });
  const step = Number(cli.events.findLast(({ type }) => type === 'metrics')?.step);
  expect(cli.events.at(-2)).toMatchObject({ type: 'checkpoint', kind: 'last', step });
  return step;
}

describe('Ctrl+C', () => {
  const isMetrics = ({ type }: Json) => type === 'metrics';

  test('once checkpoints, ends with 130 and tells how to resume, whichever signal and whoever gets it', async () => {
    const place = await Place.make();
    const { cli, run } = await startedRun(place);
    await cli.event((event) => isMetrics(event) && Number(event.step) >= 2);
    cli.kill('SIGINT');
    let step = await expectInterrupted(cli, run);

    const throughNpm = () => place.startNpm('resume', run, '--json');
    const ways: [() => Cli, (pid: number) => void][] = [
      [() => place.start('resume', run, '--json'), (pid) => process.kill(pid, 'SIGTERM')],
      // The whole group, as a terminal does, and npm alone.
      [throughNpm, (pid) => process.kill(-pid, 'SIGINT')],
      [throughNpm, (pid) => process.kill(pid, 'SIGINT')],
    ];
    for (const [resume, send] of ways) {
      const resumed = resume();
      expect(await resumed.event(({ type }) => type === 'started')).toMatchObject({ step });
      await resumed.event(isMetrics);
      send(resumed.process.pid ?? NaN);
      step = await expectInterrupted(resumed, run);
    }
  });

  test('before the first step leaves a run that can be resumed', async () => {
    const place = await Place.make();
    const { cli, run } = await startedRun(place);
    cli.kill('SIGINT');
    expect((await cli.ended).code).toBe(130);
    expect(cli.events.at(-1)).toMatchObject({ run, status: 'interrupted' });
    expect(await place.answer('runs', 'list')).toMatchObject([{ id: run, status: 'interrupted' }]);
  });

  test('twice ends it at once', async () => {
    const place = await Place.make();
    const { cli, run } = await startedRun(place);
    // As in a step that takes minutes, the first signal does not reach it.
    const trainer = await cli.trainer();
    process.kill(trainer, 'SIGSTOP');
    cli.kill('SIGINT');
    await cli.said('Ctrl+C again ends it at once');
    cli.kill('SIGINT');
    const ended = await cli.ended;
    expect(ended.code, ended.stderr).toBe(130);
    expect(isAlive(trainer)).toBe(false);
    // It has waited neither for the step nor for a checkpoint.
    expect(
      cli.events.map(({ type }) => type).filter((type) => type === 'metrics' || type === 'checkpoint'),
    ).toEqual([]);
    expect(await place.answer('runs', 'list')).toMatchObject([{ id: run, status: 'interrupted' }]);
  });

  test('ends a command that has nothing to put in order, and its trainer', async () => {
    const place = await Place.make();
    const cli = place.start(
      'bench',
      '--config',
      'A',
      '--crop',
      '224',
      '--batch',
      '8',
      '--width',
      '0.5',
      '--steps',
      '50',
    );
    const trainer = await cli.trainer();
    cli.kill('SIGINT');
    expect((await cli.ended).code).toBe(130);
    await eventually(() => isAlive(trainer)).toBe(false);
  });
});

test('a reader that has enough stops a training in order', async () => {
  const place = await Place.make();
  const { cli, run } = await startedRun(place);
  await cli.event(({ type, step }) => type === 'metrics' && Number(step) >= 1);
  cli.process.stdout?.destroy();
  const ended = await cli.ended;
  expect(ended.code, ended.stderr).toBe(130);
  expect(ended.stderr).not.toContain('EPIPE');
  expect(await place.answer('runs', 'list')).toMatchObject([{ id: run, status: 'interrupted' }]);
});
