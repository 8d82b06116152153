import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Page from '../../../src-renderer/ui/Page.svelte';
import Panel from '../../../src-renderer/ui/Panel.svelte';
import { text } from './text.ts';

test('a page has a title, which is the window’s too, and actions', async () => {
  const screen = await render(Page, {
    title: 'Runs',
    actions: text('Import'),
    children: text('list of runs'),
  });
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  await expect.poll(() => document.title).toBe('Runs · VGG Workbench');
  await expect.element(screen.getByText('Import')).toBeVisible();
});

test('a panel has a title and actions where they are given', async () => {
  const screen = await render(Panel, { title: 'Cost', actions: text('Measure'), children: text('3 hours') });
  await expect.element(screen.getByRole('heading', { level: 2, name: 'Cost' })).toBeVisible();
  await expect.element(screen.getByText('Measure')).toBeVisible();
  const bare = await render(Panel, { children: text('3 hours') });
  expect(bare.container.querySelector('header')).toBeNull();
});
