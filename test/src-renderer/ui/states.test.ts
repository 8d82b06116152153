import Grid from '@lucide/svelte/icons/grid-3x3';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import EmptyState from '../../../src-renderer/ui/EmptyState.svelte';
import Loading from '../../../src-renderer/ui/Loading.svelte';
import { source } from '../../../src-renderer/ui/source.svelte.ts';
import Progress from '../../../src-renderer/ui/Progress.svelte';
import { text } from './text.ts';

test('that there is nothing yet is said, with a way on', async () => {
  const screen = await render(EmptyState, {
    icon: Grid,
    title: 'No checkpoint yet',
    text: 'One is written at the end of each epoch.',
    children: text('Train'),
  });
  await expect.element(screen.getByRole('heading', { name: 'No checkpoint yet' })).toBeVisible();
  await expect.element(screen.getByText('One is written at the end of each epoch.')).toBeVisible();
  await expect.element(screen.getByText('Train', { exact: true })).toBeVisible();
});

test('what is awaited is said', async () => {
  const screen = await render(Loading, { text: 'Reading the images' });
  await expect.element(screen.getByRole('status')).toHaveTextContent('Reading the images…');
});

test('what cannot come now is said calmly, and counted so that the page says once why', async () => {
  const screen = await render(Loading, { text: 'Reading the images' });
  expect(source.awaited).toBe(1);
  source.isAway = true;
  await expect.element(screen.getByRole('status')).toHaveTextContent('Not here yet');
  expect(screen.container.querySelector('.spinner')).toBeNull();
  source.isAway = false;
  await expect.element(screen.getByRole('status')).toHaveTextContent('Reading the images…');
  await screen.unmount();
  expect(source.awaited).toBe(0);
});

test('progress has a share, or none while nobody knows', async () => {
  const screen = await render(Progress, { value: 0.25, label: 'Images checked' });
  const bar = screen.getByRole('progressbar', { name: 'Images checked' });
  await expect.element(bar).toHaveProperty('position', 0.25);
  await screen.rerender({ value: null });
  await expect.element(bar).toHaveProperty('position', -1);
});
