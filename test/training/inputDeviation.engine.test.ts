import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readCheckpoint } from '../../src-main/training/checkpoint.ts';
import { Place, smallNet } from '../hosts/cli/support.ts';
import { differences } from '../support/sameTraining.ts';

const ended = z.object({ run: z.string(), top1Error: z.number() });

test('inputs divided by the deviation of the training set are those divided by the same numbers', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset({ train: 8, val: 3 });
  const train = async (deviation: string) => {
    const settings = ['--batch', '8', '--epochs', '1', '--deviation', deviation];
    const { run } = ended.parse(await place.answer('train', ...smallNet, '--data', data, ...settings));
    return { run, last: join(place.home, 'runs', run, 'checkpoints', 'last.safetensors') };
  };
  const taken = await train('training-set');
  const { deviation } = readCheckpoint(taken.last).state;
  expect(Math.min(...deviation)).toBeGreaterThan(5);
  const given = await train(deviation.join(','));
  expect(differences(taken.last, given.last)).toEqual([]);

  // A run is scored on whatever images with the deviation that it was trained with, and so is what is exported of it.
  const other = await Place.make();
  const elsewhere = await other.dataset({ train: 8, val: 3 });
  const scores = async ({ run }: { run: string }) => {
    const answer = await place.answer('evaluate', run, '--data', elsewhere);
    return z.object({ top1Error: z.number(), top5Error: z.number() }).parse(answer);
  };
  expect(await scores(taken)).toEqual(await scores(given));
});
