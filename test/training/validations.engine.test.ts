import { expect, test } from 'vitest';
import { z } from 'zod';
import type { StartTrainer } from '../../src-main/supervisor/TrainerLink.ts';
import { fromTrainerSchema } from '../../src-main/trainer/protocol.ts';
import { performHere } from '../hosts/cli/performHere.ts';
import { Place, smallNet } from '../hosts/cli/support.ts';
import { readMetrics } from '../support/readMetrics.ts';
import { differences, losses } from '../support/sameTraining.ts';
import { trainerHere } from '../support/trainerHere.ts';

const ended = z.object({ run: z.string() });

/** Trains in this process, and is asked to stop once it has written the checkpoint of a step. */
const stoppedAt =
  (step: number): StartTrainer =>
  (...parameters) => {
    const link = trainerHere(...parameters);
    const onMessage = link.onMessage.bind(link);
    link.onMessage = (receive) => {
      onMessage((raw) => {
        receive(raw);
        const message = fromTrainerSchema.parse(raw);
        if (message.type !== 'event' || message.event.type !== 'checkpoint') return;
        if (message.event.step === step) link.send({ type: 'stop' });
      });
    };
    return link;
  };

test('several validations an epoch change nothing that is learned, also in a run that was interrupted at one', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset({ train: 8, val: 3 });
  const words = [
    'train',
    ...smallNet,
    '--data',
    data,
    '--batch',
    '8',
    '--epochs',
    '2',
    'evaluation.checkpoint=last',
  ];
  const three = 'training.validationsPerEpoch=3';
  const file = (run: string, name: string) => place.runFile(run, name);
  const last = 'checkpoints/last.safetensors';

  const once = ended.parse(await place.answer(...words)).run;
  const often = ended.parse(await place.answer(...words, three)).run;
  expect(differences(file(once, last), file(often, last))).toEqual([]);
  const stepsOf = (run: string, series: string) =>
    readMetrics(file(run, 'metrics.csv'))
      .filter(({ name }) => name === series)
      .map(({ step }) => step);
  const steps = stepsOf(once, 'train/loss').length / 2;
  expect(stepsOf(once, 'val/top1Error')).toEqual([steps, 2 * steps]);
  const thirds = [1, 2, 3].map((third) => Math.round((steps * third) / 3));
  expect(stepsOf(often, 'val/top1Error')).toEqual([...thirds, ...thirds.map((step) => steps + step)]);

  const { folder, environment } = place;
  const startTrainer = stoppedAt(thirds[0] ?? NaN);
  const stopped = await performHere({ folder, environment, startTrainer }, [...words, three, '--json']);
  expect(stopped.code, stopped.stderr).toBe(130);
  const { run } = ended.parse(JSON.parse(stopped.stdout.trimEnd().split('\n').at(-1) ?? ''));
  const resumed = await place.run('resume', run);
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(stepsOf(run, 'val/top1Error')).toEqual(stepsOf(often, 'val/top1Error'));
  expect(differences(file(run, last), file(often, last))).toEqual([]);
  expect(losses(file(run, 'metrics.csv'))).toEqual(losses(file(often, 'metrics.csv')));
});
