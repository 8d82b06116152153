import { expect, it } from 'vitest';
import {
  parseTestScales,
  parseTrainScale,
  sameScales,
  testScalesText,
  shownTrainScale,
  trainScaleText,
} from '../../src-main/vocabulary/scales.ts';

it('reads S back as it is written', () => {
  for (const scale of [64, [256, 512]] as const) {
    expect(parseTrainScale(trainScaleText(scale))).toEqual(scale);
    expect(parseTrainScale(shownTrainScale(scale))).toEqual(scale);
  }
  expect(trainScaleText([256, 512])).toBe('256-512');
  expect(shownTrainScale([256, 512])).toBe('256–512');
});

it('reads Q back as it is written', () => {
  expect(testScalesText([224, 256, 288])).toBe('224,256,288');
  expect(parseTestScales('224,256,288')).toEqual([224, 256, 288]);
  expect(parseTestScales(' 224 , 256')).toEqual([224, 256]);
});

it('takes nothing else for scales', () => {
  expect(['', '256-', '256-384-512', '[256; 512]', 'D'].map(parseTrainScale)).toEqual(
    Array.from({ length: 5 }, () => undefined),
  );
  expect(['', '224,', 'S'].map(parseTestScales)).toEqual(Array.from({ length: 3 }, () => undefined));
});

it('compares numbers and their order', () => {
  expect(sameScales([256, 512], [256, 512])).toBe(true);
  expect(sameScales(256, [256])).toBe(true);
  expect(sameScales([512, 256], [256, 512])).toBe(false);
});
