import { expect, it } from 'vitest';
import {
  logTicksAround,
  logTicksWithin,
  roundStep,
  ticksAround,
  ticksWithin,
} from '../../src-main/vocabulary/ticks.ts';

it('steps by 1, 2 or 5 times a power of ten', () => {
  expect([0.0011, 0.3, 1, 1.1, 4, 6, 90].map(roundStep)).toEqual([0.002, 0.5, 1, 2, 5, 10, 100]);
});

it('has round values around a range and within it', () => {
  expect(ticksAround(23.47, 31.02)).toEqual([22, 24, 26, 28, 30, 32]);
  expect(ticksWithin(23.47, 31.02)).toEqual([24, 26, 28, 30]);
  expect(ticksAround(0.1, 0.7)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
  expect(ticksAround(-3, 2)).toEqual([-3, -2, -1, 0, 1, 2]);
});

it('has 1, 2 and 5 of each decade, and of many decades their first values', () => {
  expect(logTicksAround(0.003, 0.04)).toEqual([0.002, 0.005, 0.01, 0.02, 0.05]);
  expect(logTicksWithin(0.003, 0.04)).toEqual([0.005, 0.01, 0.02]);
  expect(logTicksAround(2e-5, 3)).toEqual([1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10]);
  expect(logTicksAround(1e-20, 1)).toHaveLength(8);
  // Between 5 and 10 there is none of these.
  expect(logTicksWithin(5.5, 8.6)).toEqual([6, 7, 8]);
});
