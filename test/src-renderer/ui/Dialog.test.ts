import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Dialog from '../../../src-renderer/ui/Dialog.svelte';

const button = (name: string) => createRawSnippet(() => ({ render: () => `<button>${name}</button>` }));
const props = {
  open: true,
  title: 'Evaluate',
  description: 'Scores the validation images.',
  children: button('Within'),
  actions: button('Start'),
};

test('it is named and described, and takes the focus', async () => {
  const screen = await render(Dialog, props);
  const dialog = screen.getByRole('dialog', { name: 'Evaluate' });
  await expect.element(dialog).toHaveAccessibleDescription('Scores the validation images.');
  await expect.poll(() => dialog.element().contains(document.activeElement)).toBe(true);
  await expect.element(dialog.getByRole('button', { name: 'Start' })).toBeVisible();
});

test('Escape and the cross close it', async () => {
  const screen = await render(Dialog, props);
  await expect.element(screen.getByRole('dialog')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  const again = await render(Dialog, props);
  await again.getByRole('button', { name: 'Close' }).click();
  await expect.element(again.getByRole('dialog')).not.toBeInTheDocument();
});
