import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import GridCanvasFixture from './GridCanvasFixture.svelte';

const paint = (canvas: HTMLCanvasElement, size: { width: number; height: number }) => {
  canvas.width = size.width;
  canvas.height = size.height;
};
const props = {
  label: 'Confusion matrix',
  grid: { rows: 4, columns: 5 },
  paint,
  width: '200px',
  height: '160px',
};
const liveText = (container: Element) => () => container.querySelector('[aria-live]')?.textContent;

test('the picture is painted at its size', async () => {
  const screen = await render(GridCanvasFixture, { ...props, at: null });
  const canvas = screen.container.querySelector('canvas');
  await expect.poll(() => [canvas?.width, canvas?.height]).toEqual([200, 160]);
});

test('arrow keys walk over the cells, which are read out; Enter picks one', async () => {
  const onpick = vi.fn();
  const screen = await render(GridCanvasFixture, { ...props, at: null, onpick });
  const button = screen.getByRole('button', { name: 'Confusion matrix' });
  (button.element() as HTMLButtonElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}');
  await expect.poll(liveText(screen.container)).toBe('row 1, column 2');
  await userEvent.keyboard('{Enter}');
  expect(onpick).toHaveBeenCalledExactlyOnceWith({ row: 1, column: 2 });
});

test('pointing looks, and a click picks', async () => {
  const onpick = vi.fn();
  const screen = await render(GridCanvasFixture, { ...props, at: null, onpick });
  const button = screen.getByRole('button');
  await button.hover({ position: { x: 190, y: 10 } });
  await expect.poll(liveText(screen.container)).toBe('row 0, column 4');
  await button.click({ position: { x: 45, y: 130 } });
  expect(onpick).toHaveBeenCalledExactlyOnceWith({ row: 3, column: 1 });
});

test('where pointing does not look, a click does', async () => {
  const screen = await render(GridCanvasFixture, { ...props, at: null, hovers: false });
  const button = screen.getByRole('button');
  await button.hover({ position: { x: 190, y: 10 } });
  expect(liveText(screen.container)()).toBe('');
  await button.click({ position: { x: 190, y: 10 } });
  await expect.poll(liveText(screen.container)).toBe('row 0, column 4');
});

test('frames lie over the cells that are looked at and picked', async () => {
  const grid = { rows: 4, columns: 5, gap: 5, count: 19 };
  const screen = await render(GridCanvasFixture, {
    ...props,
    grid,
    at: { row: 1, column: 2 },
    picked: { row: 0, column: 0 },
  });
  const button = screen.getByRole('button').element().getBoundingClientRect();
  const placeOf = (selector: string) => {
    const frame = screen.container.querySelector(selector)?.getBoundingClientRect();
    return frame && [frame.left - button.left, frame.top - button.top, frame.width, frame.height];
  };
  // 205 pixels are five cells of 36 with their gaps; 165 are four of 36.25.
  expect(placeOf('.at')).toEqual([82, 41.25, 36, 36.25]);
  expect(placeOf('.picked')).toEqual([0, 0, 36, 36.25]);
});
