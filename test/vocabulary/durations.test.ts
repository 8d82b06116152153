import { describe, expect, it, test } from 'vitest';
import { durationText, roughDurationText } from '../../src-main/vocabulary/durations.ts';

test.each([
  [0.4, '0 s'],
  [59.6, '1 min 00 s'],
  [185, '3 min 05 s'],
  [3599.7, '1 h 00 min'],
  [90_000, '1 d 01 h'],
  [null, '–'],
  [Infinity, '–'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

describe('a rough time', () => {
  it('has one unit, that fits', () => {
    expect([20, 60, 578, 3 * 3600, 10.7 * 86_400].map(roughDurationText)).toEqual([
      '1 minute',
      '1 minute',
      '10 minutes',
      '3 hours',
      '11 days',
    ]);
  });
});
