import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { Place } from '../hosts/cli/support.ts';
import { differences, losses } from '../support/sameTraining.ts';

const listSchema = z.array(z.object({ id: z.string(), name: z.string() }));

it('gives each run the weights and curves that it has alone with as many threads', async () => {
  const place = await Place.make();
  await place.dataset({ train: 3 });
  const train = async (...how: string[]) => {
    await place.answer(
      ...['reproduce', '--data', 'images', '--nets', 'A@256,A-LRN,B@256', '--fresh'],
      ...['network.width=0.03125', 'training.epochs=2', 'training.batch=10', ...how],
    );
    const runs = listSchema.parse(await place.answer('runs', 'list', '--limit', '4'));
    return new Map(runs.map(({ id, name }) => [name, id]));
  };
  const threads = Math.max(1, Math.floor(availableParallelism() / 2));
  const sideBySide = await train('--parallel', '2');
  const alone = await train(`training.threads=${threads}`);
  expect([...sideBySide.keys()].sort()).toEqual(['A-LRN@256#1', 'A@256#1', 'B@256#1']);
  for (const [key, id] of sideBySide) {
    const other = alone.get(key) ?? '';
    const checkpoint = ['checkpoints', 'last.safetensors'];
    expect(differences(place.runFile(id, ...checkpoint), place.runFile(other, ...checkpoint))).toEqual([]);
    expect(losses(place.runFile(id, 'metrics.csv'))).toEqual(losses(place.runFile(other, 'metrics.csv')));
  }
});
