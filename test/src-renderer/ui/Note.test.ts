import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Note from '../../../src-renderer/ui/Note.svelte';
import { text } from './text.ts';

test('what is bad is an alert, the rest a note', async () => {
  const screen = await render(Note, {
    tone: 'warn',
    title: 'Before you compare',
    children: text('Other images.'),
  });
  await expect.element(screen.getByRole('note')).toHaveTextContent('Before you compare Other images.');
  await screen.rerender({ tone: 'bad' });
  await expect.element(screen.getByRole('alert')).toBeVisible();
  await screen.rerender({ tone: 'good', role: 'status', plain: true });
  await expect.element(screen.getByRole('status')).toHaveStyle({ color: 'rgb(11, 110, 79)' });
});
