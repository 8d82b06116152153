import { expect, it } from 'vitest';
import { verdictCounts, verdictsText } from '../../src-main/vocabulary/claims.ts';

it('counts verdicts, those that follow from the nets alone by themselves', () => {
  const one = { kind: 'less', verdict: 'holds' } as const;
  expect(verdictsText([])).toBe('no claims');
  expect(verdictsText([one])).toBe('1 holds');
  expect(verdictsText([one, one, { kind: 'equal', verdict: 'not-run' }])).toBe('2 hold, 1 not run');
  expect(verdictsText([one, { kind: 'computed', verdict: 'holds' }])).toBe(
    '1 holds; by counting alone 1 holds',
  );
  const judged = [
    one,
    one,
    { kind: 'computed', verdict: 'holds' },
    { kind: 'computed', verdict: 'not-run' },
  ] as const;
  expect(verdictCounts(judged).filter(({ measured, counted }) => measured + counted > 0)).toEqual([
    { verdict: 'holds', measured: 2, counted: 1 },
    { verdict: 'not-run', measured: 0, counted: 1 },
  ]);
});
