import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ScrollRegion from '../../../src-renderer/ui/ScrollRegion.svelte';

const tall = createRawSnippet(() => ({ render: () => '<div style="height: 900px; width: 3000px"></div>' }));

test('keys scroll it', async () => {
  const screen = await render(ScrollRegion, { label: 'Results', maxHeight: '120px', children: tall });
  const region = screen.getByRole('region', { name: 'Results' });
  const element = region.element();
  expect(element.clientHeight).toBe(120);
  await userEvent.keyboard('{Tab}');
  await expect.element(region).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(() => element.scrollTop).toBeGreaterThan(0);
});

test('it is a log where it grows', async () => {
  const screen = await render(ScrollRegion, { label: 'Log of the run', role: 'log', children: tall });
  await expect.element(screen.getByRole('log', { name: 'Log of the run' })).toBeVisible();
});
