import Pin from '@lucide/svelte/icons/pin';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import IconButton from '../../../src-renderer/ui/IconButton.svelte';

test('its title is its name; one that stays down says so', async () => {
  const onclick = vi.fn();
  const screen = await render(IconButton, { icon: Pin, title: 'Pin the run', pressed: true, onclick });
  const button = screen.getByRole('button', { name: 'Pin the run', pressed: true });
  await expect.element(button).toHaveAttribute('title', 'Pin the run');
  await button.click();
  expect(onclick).toHaveBeenCalledOnce();
});
