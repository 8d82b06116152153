import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import TextArea from '../../../src-renderer/ui/TextArea.svelte';

test('several lines can be written; those of code are not checked for spelling', async () => {
  const screen = await render(TextArea, { 'aria-label': 'Overrides', value: '', mono: true });
  const area = screen.getByRole('textbox', { name: 'Overrides' });
  await area.fill('a=1\nb=2');
  await expect.element(area).toHaveValue('a=1\nb=2');
  await expect.element(area).toHaveAttribute('spellcheck', 'false');
});
