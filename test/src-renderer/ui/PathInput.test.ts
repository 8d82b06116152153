import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import PathInput from '../../../src-renderer/ui/PathInput.svelte';

test('a path can be chosen where there are dialogs', async () => {
  const onchange = vi.fn();
  const choose = vi
    .fn<() => Promise<string | null>>()
    .mockResolvedValueOnce(null)
    .mockResolvedValueOnce('/images');
  const screen = await render(PathInput, { label: 'Folder', value: '', choose, onchange });
  const browse = screen.getByRole('button', { name: 'Browse…' });
  await browse.click();
  await expect.poll(() => choose.mock.calls.length).toBe(1);
  await expect.element(screen.getByRole('textbox', { name: 'Folder' })).toHaveValue('');
  await browse.click();
  await expect.element(screen.getByRole('textbox', { name: 'Folder' })).toHaveValue('/images');
  expect(onchange).toHaveBeenCalledExactlyOnceWith('/images');
});

test('a path can only be written where there are none', async () => {
  const oninput = vi.fn();
  const screen = await render(PathInput, {
    label: 'Folder',
    value: '',
    choose: null,
    oninput,
    checking: true,
  });
  await expect.element(screen.getByRole('button')).not.toBeInTheDocument();
  const input = screen.getByRole('textbox', { name: 'Folder' });
  await input.fill('/data');
  expect(oninput).toHaveBeenLastCalledWith('/data');
  await expect.element(input).toHaveAttribute('aria-busy', 'true');
});

test('what is wrong with a path is seen', async () => {
  const screen = await render(PathInput, { label: 'Folder', value: '/none', choose: null, invalid: true });
  await expect.element(screen.getByRole('textbox')).toBeInvalid();
});
