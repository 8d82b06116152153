import { expect, test } from 'vitest';
import { printPicture } from '../../../src-renderer/charts/print/printPicture.ts';

test('it is of 300 dots per inch, says so, and a browser can read it', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="192" height="96"><rect width="96" height="96"/></svg>';
  const png = await printPicture(svg);
  const view = new DataView(await png.arrayBuffer());
  expect(String.fromCharCode(...[37, 38, 39, 40].map((at) => view.getUint8(at)))).toBe('pHYs');
  // 300 / 0.0254, rounded; the last four bytes are the CRC-32 that Python's zlib computes of the chunk.
  expect([view.getUint32(41), view.getUint32(45), view.getUint8(49)]).toEqual([11811, 11811, 1]);
  expect(view.getUint32(50)).toBe(0x78a53f76);
  const { width, height } = await createImageBitmap(png);
  expect([width, height]).toEqual([600, 300]);
});
