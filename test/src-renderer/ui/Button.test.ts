import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Button from '../../../src-renderer/ui/Button.svelte';
import { text } from './text.ts';

test('a button is pressed by mouse and by keyboard', async () => {
  const onclick = vi.fn();
  const screen = await render(Button, { children: text('Start'), onclick });
  const button = screen.getByRole('button', { name: 'Start' });
  await button.click();
  expect(onclick).toHaveBeenCalledTimes(1);
  await userEvent.keyboard('{Enter}');
  expect(onclick).toHaveBeenCalledTimes(2);
});

test('a disabled button does not react', async () => {
  const onclick = vi.fn();
  const screen = await render(Button, { children: text('Start'), onclick, disabled: true });
  (screen.getByRole('button').element() as HTMLButtonElement).click();
  expect(onclick).not.toHaveBeenCalled();
});

test('a button can be a piece of text', async () => {
  const screen = await render(Button, { children: text('reset'), kind: 'link' });
  const { borderTopWidth, paddingTop, minHeight } = getComputedStyle(screen.getByRole('button').element());
  expect([borderTopWidth, paddingTop, minHeight]).toEqual(['0px', '0px', '0px']);
});
