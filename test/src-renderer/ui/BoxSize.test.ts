import { expect, test } from 'vitest';
import { BoxSize } from '../../../src-renderer/ui/BoxSize.svelte.ts';

test('it follows the element, until the element goes', async () => {
  const element = document.createElement('div');
  element.style.cssText = 'width: 120px; height: 40px';
  document.body.append(element);
  const box = new BoxSize();
  const end = box.measure(element);
  expect([box.width, box.height]).toEqual([120, 40]);
  element.style.width = '300px';
  await expect.poll(() => box.width).toBe(300);
  end?.();
  element.style.width = '50px';
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  expect(box.width).toBe(300);
  element.remove();
});
