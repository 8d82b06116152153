import { expect, it } from 'vitest';
import { pairedText, pairText } from '../../../../src-main/hosts/cli/output/paired.ts';
import { pairedComparison } from '../../../../src-main/statistics/paired.ts';

// 97 and 120 of 1,000 images. By SciPy's norm.ppf, Bonett and Price's interval is −0.5956 to 5.1866; p of statsmodels' mcnemar(exact=True) is 0.1351331, see test/statistics/writeReference.py.
const paired = pairedComparison({ images: 1000, onlyFirstRight: 97, onlySecondRight: 120 });

it('tells two runs on the same images apart in sentences', () => {
  const text = pairText(paired);
  expect(text).toContain('Top-1 error, first minus second: +2.30 points (95 %: −0.60 to +5.19)');
  expect(text).toContain('Right by the first alone 97, by the second alone 120, of 1,000 images');
  expect(text).toContain("McNemar's exact test: p = 0.135");
});

it('sets several runs against the first, and says what is missing', () => {
  const problem = {
    code: 'predictions-missing' as const,
    message: 'Run c has kept no predictions of its own evaluation.',
    nextStep: 'Score it.',
    kind: 'input' as const,
  };
  const lines = pairedText([
    { run: 'b', against: 'a', paired, problem: null },
    { run: 'c', against: 'a', paired: null, problem },
  ]).split('\n');
  expect(lines.find((line) => line.startsWith('b '))?.split(/ {2,}/)).toEqual([
    ...['b', '+2.30', '−0.60 to +5.19', '97', '120', '1,000', '0.135'],
  ]);
  expect(lines.at(-1)).toBe(
    'Not compared image by image: Run c has kept no predictions of its own evaluation. Score it.',
  );
});
