import { expect, it } from 'vitest';
import { layerCsv, layerText } from '../../../../src-main/hosts/cli/output/layers.ts';
import type { LayerMatrix } from '../../../../src-main/workbench/contract.ts';

const matrix: LayerMatrix = {
  quantity: 'gradient/norm',
  quantities: ['gradient/norm', 'activation/dead'],
  layers: ['conv1_1', 'fc8'],
  steps: [1, 50],
  values: [
    [0.51234, 0],
    ['NaN', null],
  ],
};

it('prints a row for each layer and a column for each step', () => {
  const [heads, first, second] = layerText(matrix).split('\n');
  expect([heads, first, second].map((line) => line?.split(/ +/))).toEqual([
    ['gradient/norm', '1', '50'],
    ['conv1_1', '0.512', '0'],
    ['fc8', 'NaN'],
  ]);
});

it('says what else there is where a quantity was not logged, and how to log where nothing was', () => {
  const none = { ...matrix, layers: [], steps: [], values: [] };
  expect(layerText(none)).toBe('The run has not logged gradient/norm, but gradient/norm, activation/dead.');
  expect(layerText({ ...none, quantities: [] })).toContain('training.statisticsEvery');
});

it('writes a line for each step with all digits', () => {
  expect(layerCsv(matrix)).toBe('step,conv1_1,fc8\n1,0.51234,NaN\n50,0,');
});
