import { expect, it } from 'vitest';
import { describeNetwork } from '../../src-main/vgg/describe.ts';
import { denseNote, protocolGap, protocolGapText } from '../../src-main/vocabulary/protocolGap.ts';

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

it('is noted beforehand of a net that is to be scored densely at a small crop, in the same words', () => {
  const why = 'at crops so small dense evaluation shows a net what it was not trained on';
  expect(denseNote(56, 'dense')).toBe(
    `dense evaluation at crop 56: ${why}; take the crops, as with evaluation.protocol=multi-crop-3x3`,
  );
  expect(denseNote(32, 'multi-crop+dense')).toMatch(/^multi-crop\+dense evaluation at crop 32/);
  const gap = protocolGap([dense, { ...dense, protocol: 'multi-crop', top1Error: 31.9 }]);
  expect(gap && protocolGapText(gap)).toContain(why);
  expect(denseNote(224, 'dense')).toBeNull();
  for (const protocol of ['centre-crop', 'multi-crop', 'multi-crop-2x2', 'multi-crop-3x3'] as const)
    expect(denseNote(32, protocol)).toBeNull();
});

it('small are crops that the last map of A sees beyond', () => {
  const { receptiveField } = describeNetwork({ config: 'A', width: 1, crop: 224, classes: 1000 });
  expect(denseNote(receptiveField - 1, 'dense')).not.toBeNull();
  expect(denseNote(receptiveField, 'dense')).toBeNull();
});
