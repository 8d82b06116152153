import { expect, test } from 'vitest';
import { z } from 'zod';
import { Place, smallNet } from '../hosts/cli/support.ts';
import { readMetrics } from '../support/readMetrics.ts';
import { differences, losses } from '../support/sameTraining.ts';

const ended = z.object({ run: z.string() });

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

  const run = await place.interrupted(
    (event) => event.type === 'checkpoint' && event.step === thirds[0],
    ...words,
    three,
  );
  const resumed = await place.run('resume', run);
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(stepsOf(run, 'val/top1Error')).toEqual(stepsOf(often, 'val/top1Error'));
  expect(differences(file(run, last), file(often, last))).toEqual([]);
  expect(losses(file(run, 'metrics.csv'))).toEqual(losses(file(often, 'metrics.csv')));
});
