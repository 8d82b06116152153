import { existsSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cacheError } from '../../../src-main/engine/provision/cacheErrors.ts';

test.runIf(existsSync('/dev/full'))('a disk that becomes full is an error that says what to do', () => {
  let error: unknown;
  try {
    writeFileSync('/dev/full', 'x');
  } catch (reason) {
    error = reason;
  }
  expect(cacheError(error, '/cache')).toMatchObject({
    code: 'disk-full',
    message: 'No space was left in /cache during the set-up of TensorFlow.',
    nextStep: expect.stringContaining('VGG_CACHE=<folder>') as unknown,
    cause: error,
  });
});

test('a defect stays what it is', () => {
  const defect = new TypeError('x is not a function');
  expect(cacheError(defect, '/cache')).toBe(defect);
});
