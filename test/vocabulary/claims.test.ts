import { expect, it } from 'vitest';
import { verdictsText } from '../../src-main/vocabulary/claims.ts';

it('counts verdicts, those that follow from the nets alone by themselves', () => {
  const one = { kind: 'less', verdict: 'holds' } as const;
  expect(verdictsText([])).toBe('no claims');
  expect(verdictsText([one])).toBe('1 holds');
  expect(verdictsText([one, one, { kind: 'equal', verdict: 'not-run' }])).toBe('2 hold, 1 not run');
  expect(verdictsText([one, { kind: 'computed', verdict: 'holds' }])).toBe(
    '1 holds; by counting alone 1 holds',
  );
});
