import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Tabs from '../../../src-renderer/ui/Tabs.svelte';

const props = {
  label: 'About the run',
  tabs: [
    { value: 'curves', title: 'Curves' },
    { value: 'log', title: 'Log' },
  ],
  children: createRawSnippet<[string]>((shown) => ({ render: () => `<p>page of ${shown()}</p>` })),
};

test('a click and the arrow keys show a page', async () => {
  const onchange = vi.fn();
  const screen = await render(Tabs<string>, { ...props, value: 'curves', onchange });
  await expect.element(screen.getByRole('tablist', { name: 'About the run' })).toBeVisible();
  await screen.getByRole('tab', { name: 'Log' }).click();
  expect(onchange).toHaveBeenLastCalledWith('log');
  await expect.element(screen.getByRole('tab', { name: 'Log' })).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{ArrowLeft}');
  expect(onchange).toHaveBeenLastCalledWith('curves');
  await expect.element(screen.getByRole('tabpanel', { name: 'Curves' })).toBeVisible();
});

test('an address that names no page shows the first', async () => {
  const screen = await render(Tabs<string>, { ...props, value: 'weather' });
  await expect.element(screen.getByRole('tab', { name: 'Curves' })).toHaveAttribute('aria-selected', 'true');
  await expect.element(screen.getByRole('tabpanel')).toHaveTextContent('page of curves');
});

test('another address shows another page', async () => {
  const screen = await render(Tabs<string>, { ...props, value: 'curves' });
  await screen.rerender({ value: 'log' });
  await expect.element(screen.getByRole('tab', { name: 'Log' })).toHaveAttribute('aria-selected', 'true');
});
