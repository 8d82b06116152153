import { expect, it } from 'vitest';
import { leastSure, ratesNote } from '../../src-main/vocabulary/rates.ts';

it('of several rates the least sure counts', () => {
  expect(leastSure(['measured', 'measured'])).toBe('measured');
  expect(leastSure(['measured', 'scaled'])).toBe('scaled');
  expect(leastSure(['unlike', 'scaled', 'measured'])).toBe('unlike');
});

it('a plan says from which rates its times follow, each once, and what they leave out', () => {
  expect(ratesNote(['scaled', 'measured', 'scaled'], 2)).toBe(
    'Times are for one net after the other, on 2 threads. Rates: measured with these nets on as many threads, the fastest of ' +
      'the latest five runs of each; scaled by work from another net on as many threads. Times are for a machine that does ' +
      'nothing else. Rates of earlier runs include waiting for their images; those of bench do not, and large photographs ' +
      'can then take longer than the net.',
  );
  expect(ratesNote(['measured'], null, 2)).toMatch(/^Times are for 2 nets at once\. Rates: measured/);
  expect(ratesNote(['unlike'], 1)).toMatch(/on 1 thread\. Rates: otherwise measured/);
});
