import { expect, it } from 'vitest';
import { tabPrefix } from '../../../src-renderer/state/news.ts';
import { summary } from '../shared/runs/summary.ts';

it('the tab says how far the training under way is', () => {
  expect(tabPrefix([summary()])).toBe('');
  expect(tabPrefix([summary(), summary({ status: 'running', step: 419, totalSteps: 1000 })])).toBe('41 % · ');
  expect(tabPrefix([summary({ status: 'running', step: 0, totalSteps: null })])).toBe('');
});
