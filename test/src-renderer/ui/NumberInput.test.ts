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
