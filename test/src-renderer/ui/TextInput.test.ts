import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import TextInput from '../../../src-renderer/ui/TextInput.svelte';

test('each stroke is reported, and the whole when it is done', async () => {
  const oninput = vi.fn();
  const onchange = vi.fn();
  const screen = await render(TextInput, { 'aria-label': 'Name', value: '', oninput, onchange });
  await screen.getByRole('textbox', { name: 'Name' }).click();
  await userEvent.keyboard('ab');
  expect(oninput.mock.calls).toEqual([['a'], ['ab']]);
  expect(onchange).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  expect(onchange).toHaveBeenCalledExactlyOnceWith('ab');
});

test('suggestions are offered, with titles or without', async () => {
  const screen = await render(TextInput, {
    'aria-label': 'Dataset',
    value: '',
    suggestions: ['fashion-mnist', { value: 'all', title: 'all of it' }],
  });
  const input = screen.getByRole('combobox', { name: 'Dataset' }).element() as HTMLInputElement;
  expect([...(input.list?.options ?? [])].map(({ value }) => value)).toEqual(['fashion-mnist', 'all']);
});
