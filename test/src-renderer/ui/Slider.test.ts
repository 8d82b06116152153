import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Slider from '../../../src-renderer/ui/Slider.svelte';

test('keys move it by a step, and its value is said in words', async () => {
  const oninput = vi.fn();
  const screen = await render(Slider, {
    'aria-label': 'Smoothing',
    value: 0.5,
    min: 0,
    max: 0.99,
    step: 0.01,
    text: (value: number) => value.toFixed(2),
    oninput,
  });
  const slider = screen.getByRole('slider', { name: 'Smoothing' });
  (slider.element() as HTMLInputElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(screen.getByRole('status')).toHaveTextContent('0.51');
  await expect.element(slider).toHaveAttribute('aria-valuetext', '0.51');
  expect(oninput).toHaveBeenCalledExactlyOnceWith(0.51);
});
