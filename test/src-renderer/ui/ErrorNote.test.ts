import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import ErrorNote from '../../../src-renderer/ui/ErrorNote.svelte';

const error = { message: 'The dataset is empty.', nextStep: 'Give another folder.', code: 'dataset-empty' };

test('what went wrong is read out, with what to do next', async () => {
  const screen = await render(ErrorNote, { error });
  await expect
    .element(screen.getByRole('alert'))
    .toHaveTextContent('The dataset is empty. Give another folder. dataset-empty');
  await expect.element(screen.getByRole('button')).not.toBeInTheDocument();
});

test('what can be tried again has a button for it', async () => {
  const retry = vi.fn();
  const screen = await render(ErrorNote, { error, retry });
  await screen.getByRole('button', { name: 'Try again' }).click();
  expect(retry).toHaveBeenCalledOnce();
});
