import { expect, it } from 'vitest';
import type { LayerMatrix } from '../../../../../src-main/workbench/contract.ts';
import { curvesOf, defaultLayers } from '../../../../../src-renderer/views/runPage/layers/layerCurves.ts';
import {
  lastColumns,
  layersOf,
  matrixCsv,
} from '../../../../../src-renderer/views/runPage/layers/layerTables.ts';

const norms: LayerMatrix = {
  quantity: 'gradient/norm',
  quantities: ['gradient/norm', 'activation/dead'],
  layers: ['conv1_1', 'fc8'],
  steps: [1, 50],
  values: [
    [0.5, 'NaN'],
    [null, 2],
  ],
};
const dead: LayerMatrix = { ...norms, quantity: 'activation/dead', layers: ['conv1_1'], values: [[0, 0.25]] };

it('writes a matrix as CSV with what is not finite as it was logged', () => {
  expect(matrixCsv(norms)).toBe('step,conv1_1,fc8\r\n1,0.5,\r\n50,NaN,2\r\n');
});

it('puts all quantities of the last step side by side, with a dash where a layer has none', () => {
  const columns = lastColumns([norms, dead]);
  expect(layersOf([norms, dead]).map((layer) => columns.map(({ text }) => text(layer)))).toEqual([
    ['conv1_1', 'NaN', '25.0 %'],
    ['fc8', '2', '–'],
  ]);
});

it('draws the chosen layers in the order of the net, by default the first, the middle one and the last', () => {
  expect(defaultLayers(['a', 'b', 'c', 'd', 'e'])).toEqual(['a', 'c', 'e']);
  expect(defaultLayers(['a'])).toEqual(['a']);
  expect(curvesOf(norms, ['fc8', 'conv1_1'], 100).map(({ id, points }) => [id, points.y])).toEqual([
    ['conv1_1', [50, NaN]],
    ['fc8', [NaN, 200]],
  ]);
});
