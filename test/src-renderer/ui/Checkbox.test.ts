import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Checkbox from '../../../src-renderer/ui/Checkbox.svelte';
import { text } from './text.ts';

test('a click on its label ticks it', async () => {
  const onchange = vi.fn();
  const screen = await render(Checkbox, { checked: false, onchange, children: text('Logarithmic axis') });
  await screen.getByText('Logarithmic axis').click();
  await expect.element(screen.getByRole('checkbox', { name: 'Logarithmic axis' })).toBeChecked();
  expect(onchange).toHaveBeenCalledExactlyOnceWith(true);
});
