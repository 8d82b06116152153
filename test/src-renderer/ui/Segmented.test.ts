import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Segmented from '../../../src-renderer/ui/Segmented.svelte';

const props = {
  label: 'Theme',
  options: [
    { value: 'light', title: 'Light' },
    { value: 'dark', title: 'Dark', detail: 'at night' },
  ],
};

test('one of them is chosen, by a click or by keys', async () => {
  const onchange = vi.fn();
  const screen = await render(Segmented<string>, { ...props, value: 'light', onchange });
  await expect.element(screen.getByRole('radiogroup', { name: 'Theme' })).toBeVisible();
  await screen.getByRole('radio', { name: 'Dark' }).click();
  await expect.element(screen.getByRole('radio', { name: 'Dark' })).toBeChecked();
  expect(onchange).toHaveBeenLastCalledWith('dark');
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(screen.getByRole('radio', { name: 'Light' })).toBeChecked();
  expect(onchange).toHaveBeenLastCalledWith('light');
});

test('they are links where each has an address', async () => {
  const screen = await render(Segmented<string>, { ...props, value: 'dark', href: (value) => `#/${value}` });
  const bar = screen.getByRole('navigation', { name: 'Theme' });
  await expect.element(bar.getByRole('link', { name: 'Light' })).toHaveAttribute('href', '#/light');
  await expect.element(bar.getByRole('link', { name: 'Dark' })).toHaveAttribute('aria-current', 'page');
});
