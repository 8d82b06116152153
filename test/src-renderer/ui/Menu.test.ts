import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import MenuFixture from './MenuFixture.svelte';

test('an item is performed, and the menu is gone', async () => {
  const onrename = vi.fn();
  const screen = await render(MenuFixture, { onrename, onshow: vi.fn() });
  await screen.getByRole('button', { name: 'More' }).click();
  await expect.element(screen.getByRole('menu', { name: 'Actions' })).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(onrename).toHaveBeenCalledOnce();
  await expect.element(screen.getByRole('menu')).not.toBeInTheDocument();
});

test('what is on or off is ticked, and the menu stays for the next', async () => {
  const onshow = vi.fn();
  const screen = await render(MenuFixture, { onrename: vi.fn(), onshow });
  await screen.getByRole('button', { name: 'More' }).click();
  const item = screen.getByRole('menuitemcheckbox', { name: 'Show dates' });
  await expect.element(item).not.toBeChecked();
  await item.click();
  await expect.element(item).toBeChecked();
  expect(onshow).toHaveBeenCalledOnce();
});

test('an item that cannot be performed says so', async () => {
  const screen = await render(MenuFixture, { onrename: vi.fn(), onshow: vi.fn() });
  await screen.getByRole('button', { name: 'More' }).click();
  await expect
    .element(screen.getByRole('menuitem', { name: 'Delete' }))
    .toHaveAttribute('aria-disabled', 'true');
});
