import { expect, it } from 'vitest';
import { engineEnvironment } from '../../src-main/engine/environment.ts';

it.each([
  ['no list', undefined, 1, '1'],
  ['a list of GPUs', '4,7', 1, '7'],
  ['a list that is too short', '4', 1, ''],
])('gives a process of several one GPU: with %s', (_, allowed, gpu, expected) => {
  const environment = engineEnvironment(2, gpu, { CUDA_VISIBLE_DEVICES: allowed });
  expect(environment).toMatchObject({ CUDA_VISIBLE_DEVICES: expected, VGG_THREADS: '2' });
});

it('leaves a process by itself all GPUs', () => {
  expect(engineEnvironment(null, undefined, { CUDA_VISIBLE_DEVICES: '0,1' })).toMatchObject({
    CUDA_VISIBLE_DEVICES: '0,1',
  });
});
