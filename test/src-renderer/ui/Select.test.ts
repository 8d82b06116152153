import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Select from '../../../src-renderer/ui/Select.svelte';

test('groups, titles and values that name themselves are offered', async () => {
  const onchange = vi.fn();
  const screen = await render(Select<string>, {
    'aria-label': 'Net',
    value: 'none',
    onchange,
    options: [
      { value: 'none', title: 'no other' },
      { group: 'Table 1', options: ['A', { value: 'B', title: 'B, of the paper', disabled: true }] },
    ],
  });
  const select = screen.getByRole('combobox', { name: 'Net' });
  await expect.element(select).toHaveDisplayValue('no other');
  expect(screen.container.querySelector('optgroup')?.label).toBe('Table 1');
  await expect.element(screen.getByRole('option', { name: 'B, of the paper' })).toBeDisabled();
  await select.selectOptions('A');
  expect(onchange).toHaveBeenCalledExactlyOnceWith('A');
});

test('another value from outside is shown', async () => {
  const props = { 'aria-label': 'Net', options: ['A', 'B'] };
  const screen = await render(Select<string>, { ...props, value: 'A' });
  await screen.rerender({ ...props, value: 'B' });
  await expect.element(screen.getByRole('combobox')).toHaveValue('B');
});
