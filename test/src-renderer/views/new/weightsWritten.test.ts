import { expect, it } from 'vitest';
import {
  weightsRequested,
  weightsOf,
  weightsText,
} from '../../../../src-renderer/views/new/study/weightsWritten.ts';

it('keeps weights in an address as they are written', () => {
  const written = [
    { path: '/weights/D: ours.h5', trainedAt: '256-512' },
    { path: 'E.pth', trainedAt: '' },
    { path: ' ', trainedAt: '384' },
  ];
  expect(weightsOf(weightsText(written))).toEqual(written.slice(0, 2));
  expect(weightsText([{ path: '', trainedAt: '' }])).toBe('');
  expect(weightsOf('')).toEqual([{ path: '', trainedAt: '' }]);
});

it('asks for no scale where the format tells it, and for no file without a path', () => {
  expect(weightsRequested(weightsOf('256-512:D.h5\n384:C.h5\n:E.pth\n256:'))).toEqual([
    { path: 'D.h5', trainedAt: [256, 512] },
    { path: 'C.h5', trainedAt: 384 },
    { path: 'E.pth' },
  ]);
});
