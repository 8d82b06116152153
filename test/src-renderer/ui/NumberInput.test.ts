import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import NumberInput from '../../../src-renderer/ui/NumberInput.svelte';

test('only numbers within the bounds and on a step are reported', async () => {
  const oninput = vi.fn();
  const screen = await render(NumberInput, {
    'aria-label': 'Crop',
    value: 64,
    min: 32,
    max: 224,
    step: 32,
    oninput,
  });
  const input = screen.getByRole('spinbutton', { name: 'Crop' });
  await input.fill('96');
  await input.fill('97');
  await input.fill('999');
  await input.fill('');
  expect(oninput.mock.calls).toEqual([[96]]);
});

test('what is out of bounds is said in words, and no more once it is mended', async () => {
  const screen = await render(NumberInput, {
    'aria-label': 'Width',
    value: 1,
    min: 0.5,
    max: 4,
    step: 0.5,
    required: true,
  });
  const input = screen.getByRole('spinbutton', { name: 'Width' });
  const words = 'A number from 0.5 to 4 in steps of 0.5.';
  for (const text of ['-1', '99', '']) {
    await input.fill(text);
    await expect.element(screen.getByRole('alert')).toHaveTextContent(words);
    await expect.element(input).toHaveAccessibleDescription(words);
  }
  await input.fill('2');
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
});
