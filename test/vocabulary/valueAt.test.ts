import { expect, it } from 'vitest';
import { valueAt } from '../../src-main/vocabulary/valueAt.ts';

const settings = { data: { trainScale: [256, 512], workers: null } };

it('walks down a key', () => {
  expect(valueAt(settings, 'data.trainScale')).toEqual([256, 512]);
  expect(valueAt(settings, 'data.workers')).toBeNull();
});

it('finds nothing where there is nothing, and nothing that is not written there', () => {
  expect(valueAt(settings, 'data.crop')).toBeUndefined();
  expect(valueAt(settings, 'data.workers.count')).toBeUndefined();
  expect(valueAt(settings, 'constructor.name')).toBeUndefined();
  expect(valueAt(null, 'data')).toBeUndefined();
});
