import { expect, it } from 'vitest';
import { protocolGap, protocolGapText } from '../../src-main/vocabulary/protocolGap.ts';

const dense = {
  protocol: 'dense',
  average: 'before-softmax',
  horizontalFlip: true,
  testScales: [96],
  checkpoint: 'best',
  dataset: 'photographs',
  top1Error: 52.6,
} as const;

it('is the widest between dense and a grid of crops, of more than 3 points', () => {
  const near = { ...dense, protocol: 'multi-crop-2x2', top1Error: 40 } as const;
  const far = { ...dense, protocol: 'multi-crop', top1Error: 31.9 } as const;
  const gap = protocolGap([dense, near, far]);
  expect(gap).toEqual({ dense: 52.6, crops: 31.9, protocol: 'multi-crop', testScales: [96] });
  expect(gap && protocolGapText(gap)).toContain('dense 52.6 % and multi-crop 31.9 % at Q 96');
});

it('is none of 3 points or less, at other scales, of other weights, or to the centre crop', () => {
  const crops = { ...dense, protocol: 'multi-crop', top1Error: 31.9 } as const;
  expect(protocolGap([dense, { ...crops, top1Error: 49.6 }])).toBeUndefined();
  expect(protocolGap([dense, { ...crops, testScales: [64] }])).toBeUndefined();
  expect(protocolGap([dense, { ...crops, checkpoint: 'last' }])).toBeUndefined();
  expect(protocolGap([dense, { ...crops, protocol: 'centre-crop' }])).toBeUndefined();
});
