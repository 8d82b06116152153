import { expect, it } from 'vitest';
import { config, openLog, point } from './fixtures.ts';

it('gives every setting and the latest metric of all runs in columns, without those of layers', () => {
  const log = openLog();
  const one = log.create({ config: config('training.batch=32') }).id;
  const other = log.create({ config: config('training.batch=64') }).id;
  log.metrics.append(one, [
    point(1, 2.5, 'train/loss'),
    point(2, 2, 'train/loss'),
    point(1, 7, 'gradient/conv1_1/norm'),
  ]);
  const { ids, settings, metrics } = log.list.values();
  expect(new Set(ids)).toEqual(new Set([one, other]));
  const inOrder = (values: readonly unknown[] = []) => [one, other].map((id) => values[ids.indexOf(id)]);
  expect(inOrder(settings.find(({ key }) => key === 'training.batch')?.values)).toEqual([32, 64]);
  expect(metrics.map(({ name }) => name)).toEqual(['train/loss']);
  expect(inOrder(metrics[0]?.values)).toEqual([2, null]);
});
