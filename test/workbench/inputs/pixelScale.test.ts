import { expect, it } from 'vitest';
import { resolveRunConfig } from '../../../src-main/configuration/resolve.ts';
import { requirePixelScale } from '../../../src-main/workbench/inputs/pixelScale.ts';

const tried = (...overrides: string[]) => {
  requirePixelScale(resolveRunConfig({ overrides: ['data.trainScale=256', ...overrides] }));
};

it('torchvision’s mean and deviation for pixels of 0–1 are refused, with those for 0–255', () => {
  expect(() => {
    tried('data.mean=[0.485,0.456,0.406]');
  }).toThrow(
    expect.objectContaining({
      code: 'invalid-value',
      nextStep: expect.stringMatching(/^Give 123.675,116.28,103.53,/) as unknown,
    }),
  );
  expect(() => {
    tried('data.mean=[123.675,116.28,103.53]', 'data.deviation=[0.229,0.224,0.225]');
  }).toThrow(
    expect.objectContaining({ nextStep: expect.stringMatching(/^Give 58.395,57.12,57.375,/) as unknown }),
  );
});

it.each([
  ['the training set’s', []],
  ['none', ['data.mean=[0,0,0]', 'data.deviation=[1,1,1]']],
  ['those of pixels brought to 0–1', ['data.mean=[0,0,0]', 'data.deviation=[255,255,255]']],
  ['torchvision’s', ['data.mean=[123.675,116.28,103.53]', 'data.deviation=[58.395,57.12,57.375]']],
])('%s are taken', (_, overrides) => {
  expect(() => {
    tried(...overrides);
  }).not.toThrow();
});
