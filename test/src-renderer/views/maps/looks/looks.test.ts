import { expect, it } from 'vitest';
import { unitsOf } from '../../../../../src-renderer/shared/looks/ascentSettings.ts';
import { classMapCsv, pictureBlob } from '../../../../../src-renderer/views/maps/looks/classMapFiles.ts';

it('reads units and ranges of them, and refuses what a layer has not', () => {
  expect(unitsOf('0-2, 7,11', 12)).toEqual([0, 1, 2, 7, 11]);
  expect(unitsOf(' 3 – 4 ', 12)).toEqual([3, 4]);
  for (const wrong of ['', 'a', '3-', '4-3', '12', '0-12', '-1', '0-64', '0-40,0-40']) {
    expect(unitsOf(wrong, wrong.startsWith('0-4') || wrong === '0-64' ? 512 : 12), wrong).toBeNull();
  }
  expect(unitsOf('0-63', 512)).toHaveLength(64);
});

it('writes a map a row a line', () => {
  expect(classMapCsv({ height: 2, width: 3, values: [0, 0.5, 1, -2, 3, 4] }).trim()).toBe(
    '0,0.5,1\r\n-2,3,4',
  );
});

it('makes a file of a picture', async () => {
  const bytes = Uint8Array.from([137, 80, 78, 71, 0, 255]);
  const blob = pictureBlob(`data:image/png;base64,${Buffer.from(bytes).toString('base64')}`);
  expect(blob.type).toBe('image/png');
  expect(new Uint8Array(await blob.arrayBuffer())).toEqual(bytes);
});
