import { expect, test } from 'vitest';
import { z } from 'zod';
import { differences, losses } from '../../support/sameTraining.ts';
import { Place, smallNet } from './support.ts';

const endSchema = z.object({ run: z.string(), status: z.string() });
const codeSchema = z.object({ error: z.object({ code: z.string() }) });

test('a finished run that is trained further ends with the bytes of one that had all its epochs from the start', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset();
  const words = [
    'train',
    ...smallNet,
    '--data',
    data,
    '--batch',
    '10',
    'training.statisticsEvery=null',
    'training.schedule=plateau',
  ];
  const whole = endSchema.parse(await place.answer(...words, '--epochs', '4'));
  const { run } = endSchema.parse(await place.answer(...words, '--epochs', '2'));

  const finished = await place.run('resume', run);
  expect(finished.code).toBe(0);
  expect(finished.stderr).toContain(`npm run -s vgg -- resume ${run} --epochs 4`);
  const refused = await place.run('resume', run, '--epochs', '2', '--json');
  expect(refused.code).toBe(2);
  expect(codeSchema.parse(JSON.parse(refused.stdout.trim())).error.code).toBe('epochs-not-possible');

  expect(endSchema.parse(await place.answer('resume', run, '--epochs', '4'))).toEqual({
    run,
    status: 'finished',
  });
  const file = (id: string, name: string) => place.runFile(id, name);
  for (const kind of ['last', 'best']) {
    const name = `checkpoints/${kind}.safetensors`;
    expect(differences(file(run, name), file(whole.run, name))).toEqual([]);
  }
  expect(losses(file(run, 'metrics.csv'))).toEqual(losses(file(whole.run, 'metrics.csv')));
});
