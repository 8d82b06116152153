import { expect, it } from 'vitest';
import { testScalesProblem } from '../../../../src-renderer/shared/settings/testScalesProblem.ts';

it('takes whole numbers from the crop on, and says what else is wrong', () => {
  expect(testScalesProblem('56, 64,72', 56)).toBeNull();
  for (const text of ['', 'abc', '64;72', '64,', '-64', '6e2'])
    expect(testScalesProblem(text, 56)).toBe('Whole numbers with commas between: 224, 256, 288.');
  expect(testScalesProblem('64,10', 56)).toBe('At least the crop, 56 pixels.');
  expect(testScalesProblem('64,72,80', 56, 2)).toBe('At most 2.');
});
