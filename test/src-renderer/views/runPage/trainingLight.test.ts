import { expect, it } from 'vitest';
import type { LayerMatrix } from '../../../../src-main/workbench/contract.ts';
import { lastValues, lightOf } from '../../../../src-renderer/views/runPage/trainingLight.ts';

const matrix: LayerMatrix = {
  quantity: 'gradient/norm',
  quantities: ['gradient/norm'],
  layers: ['conv1_1', 'conv2_1', 'fc6', 'fc8'],
  steps: [1, 20],
  values: [
    [1, 1e-9],
    [1, 0.5],
    [1, 'NaN'],
    [1, 5],
  ],
};

it('lights each layer by its last value, a quarter less for each power of ten', () => {
  const values = lastValues(matrix);
  expect(Object.fromEntries(values)).toEqual({ conv1_1: 1e-9, conv2_1: 0.5, fc8: 5 });
  const light = lightOf(values);
  expect(light.get('fc8')).toBe(1);
  expect(light.get('conv2_1')).toBeCloseTo(0.75);
  expect(light.get('conv1_1')).toBe(0);
});

it('a layer without a signal is dark, also where none has one', () => {
  expect([...lightOf(new Map([['fc8', 0]])).values()]).toEqual([0]);
  expect(lastValues(undefined).size).toBe(0);
});
