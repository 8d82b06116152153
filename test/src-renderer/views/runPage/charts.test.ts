import { expect, it } from 'vitest';
import { seriesNames, hasSeveralValues } from '../../../../src-renderer/views/runPage/charts.ts';

it('asks for each series once', () => {
  expect(new Set(seriesNames).size).toBe(seriesNames.length);
});

it('knows a learning rate that was never lowered from one that was', () => {
  const curve = (...y: number[]) => ({ points: { y } });
  expect(hasSeveralValues([curve(0.01, 0.01, 0.01)])).toBe(false);
  expect(hasSeveralValues([curve()])).toBe(false);
  expect(hasSeveralValues([curve(0.01, 0.001)])).toBe(true);
  expect(hasSeveralValues([curve(0.01), curve(0.02)])).toBe(true);
});
