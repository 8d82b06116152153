import { expect, test } from 'vitest';
import { unbroken } from '../../../src-renderer/ui/unbroken.ts';

test('a number stays with its sign, and words come apart', () => {
  expect(unbroken('training error 19.7 % of 5 × 5 crops')).toBe(
    'training error 19.7\u00a0% of 5\u00a0×\u00a05 crops',
  );
});
