import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { isAlive, Place, smallNet } from './support.ts';

async function startedRun(place: Place, ...more: string[]) {
  const data = await place.dataset();
  const words = ['train', ...smallNet, '--data', data, '--batch', '10', '--epochs', '400', '--json', ...more];
  const cli = place.start(...words);
  const { run } = await cli.event(({ type }) => type === 'run');
  return { cli, run: String(run) };
}

describe('Ctrl+C', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'once (%s) checkpoints, ends with 130 and tells how to resume',
    async (signal) => {
      const place = await Place.make();
      const { cli, run } = await startedRun(place);
      await cli.event(({ type, step }) => type === 'metrics' && Number(step) >= 2);
      cli.kill(signal);
      const ended = await cli.ended;
      expect(ended.code, ended.stderr).toBe(130);
      expect(ended.stderr).toContain(`resume ${run}`);
      expect(cli.events.at(-1)).toMatchObject({ run, status: 'interrupted', top1Error: null });
      const step = Number(cli.events.findLast(({ type }) => type === 'metrics')?.step);
      expect(cli.events.at(-2)).toMatchObject({ type: 'checkpoint', kind: 'last', step });

      const resumed = place.start('resume', run, '--json');
      expect(await resumed.event(({ type }) => type === 'started')).toMatchObject({ step });
      resumed.kill(signal);
      expect((await resumed.ended).code).toBe(130);
    },
  );

  test.each(['the whole group, as a terminal does', 'npm alone'])(
    'through npm, sent to %s, is the same',
    async (to) => {
      const place = await Place.make();
      const words = [
        'train',
        ...smallNet,
        '--data',
        await place.dataset(),
        '--batch',
        '10',
        '--epochs',
        '400',
        '--json',
      ];
      const cli = place.startNpm(...words);
      await cli.event(({ type, step }) => type === 'metrics' && Number(step) >= 2);
      const { pid = 0 } = cli.process;
      process.kill(to === 'npm alone' ? pid : -pid, 'SIGINT');
      expect((await cli.ended).code).toBe(130);
      expect(cli.events.at(-1)).toMatchObject({ status: 'interrupted' });
      expect(cli.events.at(-2)).toMatchObject({ type: 'checkpoint' });
    },
  );

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
    // A step that takes seconds, so that the first signal cannot end it.
    const { cli, run } = await startedRun(
      place,
      '--crop',
      '224',
      '--train-scale',
      '224',
      '--test-scale',
      '224',
      '--width',
      '0.5',
    );
    await cli.event(({ type }) => type === 'started');
    const trainer = place.trainerOf(run) ?? 0;
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
