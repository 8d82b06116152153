import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Form from '../../../src-renderer/ui/Form.svelte';

test('its button sends it, and the page stays', async () => {
  const onsubmit = vi.fn();
  const children = createRawSnippet(() => ({ render: () => `<button type="submit">Count</button>` }));
  const screen = await render(Form, { onsubmit, children, row: true });
  await screen.getByRole('button', { name: 'Count' }).click();
  expect(onsubmit).toHaveBeenCalledExactlyOnceWith();
  await expect.element(screen.getByRole('button')).toBeVisible();
});
