import Clock from '@lucide/svelte/icons/clock';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Badge from '../../../src-renderer/ui/Badge.svelte';
import { text } from './text.ts';

test('a badge has a tone and may have an icon', async () => {
  const screen = await render(Badge, { tone: 'bad', icon: Clock, children: text('failed') });
  expect(screen.container.querySelector('svg')).not.toBeNull();
  expect(screen.container.firstElementChild).toHaveStyle({ color: 'rgb(179, 38, 30)' });
});
