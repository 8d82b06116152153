import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import CardChoice from '../../../src-renderer/ui/CardChoice.svelte';

test('one card is chosen, by a click or by keys', async () => {
  const screen = await render(CardChoice<string>, {
    legend: 'Export as',
    chosen: 'archive',
    options: [
      { value: 'archive', title: 'Archive', text: 'All of it in one file.' },
      { value: 'weights', title: 'Weights', text: 'For other programs.', facts: '528 MB' },
    ],
  });
  const group = screen.getByRole('group', { name: 'Export as' });
  await group.getByText('For other programs.').click();
  await expect.element(group.getByRole('radio', { name: /Weights/ })).toBeChecked();
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(group.getByRole('radio', { name: /Archive/ })).toBeChecked();
});
