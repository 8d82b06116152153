import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import type { JudgedClaim } from '../../../src-main/workbench/contract.ts';
import ForestTrack from '../../../src-renderer/views/claims/ForestTrack.svelte';
import Slides from '../../../src-renderer/views/claims/Slides.svelte';

const claim = (changes: Partial<JudgedClaim> = {}): JudgedClaim => ({
  id: 'one',
  section: '4.1',
  title: 'Deeper is better',
  sentence: 'The error falls with depth.',
  why: '',
  kind: 'less',
  verdict: 'holds',
  reason: 'D errs less.',
  effect: -2,
  low: -3,
  high: -1,
  pValue: 0.001,
  pAdjusted: 0.01,
  images: 1000,
  seeds: 1,
  paperEffect: -2.6,
  margin: null,
  marginReason: null,
  sides: [],
  pairs: [],
  missing: null,
  toDecide: null,
  notes: [],
  ...changes,
});

test('a line of the forest plot says in words what it draws', async () => {
  const screen = await render(ForestTrack, { claim: claim(), reach: 4 });
  const drawn = screen.getByRole('img', {
    name: 'measured −2.00, −3.00 to −1.00 points; the paper −2.60',
  });
  await expect.element(drawn).toBeVisible();
  expect(screen.container.querySelector('.paper')).not.toBeNull();
});

test('a line without a measurement draws the paper alone', async () => {
  const blank = claim({ verdict: 'not-run', effect: null, low: null, high: null });
  const screen = await render(ForestTrack, { claim: blank, reach: 4 });
  await expect.element(screen.getByRole('img', { name: 'not measured; the paper −2.60' })).toBeVisible();
  expect(screen.container.querySelector('.effect')).toBeNull();
});

test('arrow keys go through the claims, and Escape ends at the one that was shown', async () => {
  const onclose = vi.fn();
  const claims = [claim(), claim({ id: 'two', title: 'More scales help' })];
  const screen = await render(Slides, { claims, reach: 4, start: null, onclose });
  await expect.element(screen.getByRole('heading', { name: 'Deeper is better' })).toBeVisible();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(screen.getByRole('heading', { name: 'More scales help' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(onclose).toHaveBeenCalledExactlyOnceWith('two');
});
