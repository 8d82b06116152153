import { expect, it } from 'vitest';
import type { LayerMatrix } from '../../../../src-main/workbench/contract.ts';
import { heatScale } from '../../../../src-renderer/shared/layerStatistics/heatScale.ts';
import { heatSvg, heatTitle } from '../../../../src-renderer/shared/layerStatistics/heatSvg.ts';

const matrix: LayerMatrix = {
  quantity: 'gradient/norm',
  quantities: ['gradient/norm'],
  layers: ['conv1_1', 'fc8'],
  steps: [1, 1500],
  values: [
    [1e-6, 'NaN'],
    [0, 1],
  ],
};
const scale = heatScale('log', [matrix]);

it('draws a row for each layer, with steps, the scale and what has no place on it', () => {
  const svg = heatSvg('gradient/norm', [{ name: 'A@64#1', matrix }], scale, "'Inter', sans-serif");
  for (const text of [
    'Gradient, norm, by layer and step: A@64#1',
    'Layer',
    'conv1_1',
    'fc8',
    'Step',
    '1,500',
    '1.00e-6',
    'Gradient, norm, logarithmic',
    'not finite',
  ])
    expect(svg).toContain(`>${text}</text>`);
  // Half of 520 pixels wide; the ends of viridis, see its table.
  expect(svg).toMatch(/<path fill="#440154" d="M[\d.]+ 48h260.3/);
  expect(svg).toMatch(/<path fill="#fde725" d="M[\d.]+ 62h260.3/);
  // The cross over what is no number, in the plot and in the key.
  expect(svg.match(/stroke="#b3261e"/g)).toHaveLength(2);
});

it('draws runs below one another, each under its name', () => {
  const panels = ['<A>', 'B'].map((name) => ({ name, matrix }));
  const svg = heatSvg('gradient/norm', panels, scale, 'serif');
  expect(heatTitle('gradient/norm', panels)).toBe('Gradient, norm, by layer and step');
  expect(svg).toContain('>&lt;A&gt;</text>');
  expect(svg.match(/>conv1_1</g)).toHaveLength(2);
  expect(svg).not.toContain('<A>');
});
