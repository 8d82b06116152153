import { describe, expect, it } from 'vitest';
import { roughly } from '../../../src-renderer/format/times.ts';

describe('a rough time', () => {
  it('has one unit, that fits', () => {
    expect([20, 60, 578, 3 * 3600, 10.7 * 86_400].map(roughly)).toEqual([
      '1 minute',
      '1 minute',
      '10 minutes',
      '3 hours',
      '11 days',
    ]);
  });
});
