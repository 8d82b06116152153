import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { StartTrainer } from '../../src-main/supervisor/TrainerLink.ts';
import { performHere } from '../hosts/cli/performHere.ts';
import { Place, type Json } from '../hosts/cli/support.ts';
import { differences, losses } from '../support/sameTraining.ts';
import { trainerHere } from '../support/trainerHere.ts';

const listSchema = z.array(z.object({ id: z.string(), name: z.string() }));
const progressSchema = z.object({
  snapshot: z.object({ runs: z.array(z.object({ status: z.string(), loss: z.number().nullable() })) }),
});

const command = [
  ...['reproduce', '--data', 'images', '--nets', 'A@256,A-LRN,B@256'],
  ...['network.width=0.03125', 'training.epochs=8', 'training.batch=10', 'data.workers=1'],
];

/** This process computes with one thread: where that is as many as is asked for, the training needs no other. */
const startTrainer: StartTrainer = (threads, gpu) => trainerHere(threads === 1 ? null : threads, gpu);

it('gives each run the weights and curves that it has alone with as many threads, also if they are interrupted', async () => {
  const place = await Place.make();
  await place.dataset({ train: 3 });
  const runs = async () => {
    const list = listSchema.parse(await place.answer('runs', 'list', '--limit', '3'));
    return new Map(list.map(({ id, name }) => [name, id]));
  };

  const first = place.start(...command, '--parallel', '2', '--json');
  await first.event(bothTrain);
  first.kill('SIGINT');
  expect((await first.ended).code).toBe(130);
  await place.answer(...command, '--parallel', '2');
  const sideBySide = await runs();
  expect([...sideBySide.keys()].sort()).toEqual(['A-LRN@256#1', 'A@256#1', 'B@256#1']);

  const threads = Math.max(1, Math.floor(availableParallelism() / 2));
  const { folder, environment } = place;
  const words = [...command, `training.threads=${threads}`];
  const ended = await performHere({ folder, environment, startTrainer }, words);
  expect(ended.code, ended.stderr).toBe(0);
  const alone = await runs();
  for (const [key, id] of sideBySide) {
    const other = alone.get(key) ?? '';
    expect(other).not.toBe(id);
    const checkpoint = ['checkpoints', 'last.safetensors'];
    expect(differences(place.runFile(id, ...checkpoint), place.runFile(other, ...checkpoint))).toEqual([]);
    expect(losses(place.runFile(id, 'metrics.csv'))).toEqual(losses(place.runFile(other, 'metrics.csv')));
  }
});

/** Whether two runs have made steps and neither has ended. */
function bothTrain(event: Json): boolean {
  if (event.type !== 'progress') return false;
  const { runs } = progressSchema.parse(event).snapshot;
  return runs.filter(({ status, loss }) => status === 'running' && loss !== null).length === 2;
}
