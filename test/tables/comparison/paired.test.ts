import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { ComparedFacts } from '../../../src-main/tables/comparison/comparisonTable.ts';
import type { Outcome } from '../../../src-main/statistics/outcome.ts';
import { comparisonToCsv } from '../../../src-main/tables/comparison/csv.ts';
import { comparisonToLatex } from '../../../src-main/tables/comparison/latex.ts';
import { comparisonToMarkdown } from '../../../src-main/tables/comparison/markdown.ts';
import reference from '../../statistics/reference.json' with { type: 'json' };
import { facts, scored, tableOf } from './fixtures.ts';

const namesOf = (images: number) => Array.from({ length: images }, (_, image) => `cat/${image}.png`);

/** Images that only one of two nets gets right, and where the other stands, in that order; both get the others right. */
function outcomes(images: number, onlyFirst: number, onlySecond: number): [first: Outcome, second: Outcome] {
  const names = namesOf(images);
  const right = (wrong: (image: number) => boolean) => ({
    fingerprint: 'v',
    names,
    right: Uint8Array.from(names, (_, image) => (wrong(image) ? 0 : 1)),
  });
  return [
    right((image) => image >= onlyFirst && image < onlyFirst + onlySecond),
    right((image) => image < onlyFirst),
  ];
}

/** B and B-5x5 of one seed; the second is measured against the first. */
function seed(number: number, images: number, onlyFive: number, onlyB: number): ComparedFacts[] {
  const [b, five] = outcomes(images, onlyB, onlyFive);
  const run = (key: string, outcome: Outcome) => {
    const wrong = outcome.right.filter((right) => right === 0).length;
    return scored(facts(key, number, (100 * wrong) / images), { images, outcome });
  };
  return [run('B', b), run('B-5x5', five)];
}

const effectOf = (all: readonly ComparedFacts[]) => tableOf(all).groups[0]?.rows[1]?.effect ?? null;

describe('a run against the first of its group', () => {
  // p by statsmodels' mcnemar(exact=True), see test/statistics/writeReference.py.
  it.each(reference.pairs)('of %o has the exact p of statsmodels', ({ images, ...pair }) => {
    const effect = effectOf(seed(1, images, pair.onlyFirstRight, pair.onlySecondRight));
    expect(effect?.pValue).toBeCloseTo(pair.pValue, 9);
    expect(effect?.points).toBeCloseTo((100 * (pair.onlySecondRight - pair.onlyFirstRight)) / images, 9);
    expect(effect).toMatchObject({ images, seeds: 1, missing: null, beyondChance: pair.pValue <= 0.05 });
  });

  // The example of ci.prop.ps in Bonett's R package statpsych: (.05, 12, 26, 4, 6), here with the sign of errors.
  it('has the interval that Bonett and Price publish', () => {
    const effect = effectOf(seed(1, 48, 26, 4));
    expect(effect?.low).toBeCloseTo(-62.51933, 4);
    expect(effect?.high).toBeCloseTo(-25.48067, 4);
  });

  it('says so in the answer and in every format, with its star and its test', () => {
    const table = tableOf(seed(1, 1000, 20, 50));
    // By SciPy: 2 · binom.cdf(20, 70, 0.5) = 0.000440285; Bonett and Price's formula with norm.ppf: 1.34463 to 4.64339.
    expect(table.groups[0]?.answers).toEqual([
      'B_5 errs 3.00 points more than B (95 %: +1.34 to +4.64; p < 0.001; beyond chance).',
      "One seed: p is of McNemar's exact test and speaks of these trained nets; how such nets train takes more seeds.",
    ]);
    expect(comparisonToMarkdown(table, { columns: ['top1', 'effect'] })).toContain(
      '| B\\_5 | 5.00 | +3.00\\* | +1.34 to +4.64 | \\<0.001 |',
    );
    const latex = comparisonToLatex(table, { columns: ['top1', 'effect'], decimals: 1 });
    expect(latex).toContain('B\\_5 & 5.0 & +3.0* & +1.3 to +4.6 & $<$0.001 \\\\');
    expect(latex).toContain("p of that test (McNemar's exact one)");
    const [, five] = parse<Record<string, string>>(comparisonToCsv(table), { columns: true });
    expect(five).toMatchObject({ effect: '3', effect_missing: '' });
    expect(Number(five?.effect_p)).toBeCloseTo(0.000440285, 6);
  });

  it('is paired by seed and image where there are several seeds', () => {
    const effect = effectOf([...seed(1, 1000, 20, 50), ...seed(2, 1000, 22, 44), ...seed(3, 1000, 18, 53)]);
    // The mean of 3.0, 2.2 and 3.5.
    expect(effect?.points).toBeCloseTo(2.9, 9);
    expect(effect).toMatchObject({ seeds: 3, images: 1000, beyondChance: true });
  });
});

describe('what cannot be paired', () => {
  it('has the difference of the numbers and says whose predictions are missing', () => {
    const table = tableOf([facts('B', 1, 20), facts('B-5x5', 1, 12.5)]);
    expect(table.groups[0]?.answers).toEqual([
      'B_5 errs 7.50 points less than B (whether chance could do that is not known: the predictions of B_5, seed 1, are not kept).',
      'Each evaluation keeps its predictions: evaluate again the runs that have none.',
    ]);
    expect(comparisonToLatex(table)).toContain('Not paired: the predictions of B\\_5, seed 1, are not kept.');
    const [, five] = parse<Record<string, string>>(comparisonToCsv(table), { columns: true });
    expect(five).toMatchObject({
      effect: '-7.5',
      effect_low: '',
      effect_p: '',
      effect_missing: 'the predictions of B_5, seed 1, are not kept',
    });
  });

  it('is what was scored on other images, and what has no seed in common', () => {
    const [b, five] = seed(1, 1000, 20, 50);
    const [, other] = seed(2, 1000, 20, 50);
    if (!b || !five?.evaluation?.outcome || !other) throw new Error('Each seed has two.');
    const elsewhere = scored(five, { outcome: { ...five.evaluation.outcome, fingerprint: 'w' } });
    expect(effectOf([b, elsewhere])).toMatchObject({
      low: null,
      missing: 'B_5 and B, seed 1: they were scored on different images',
    });
    expect(effectOf([b, other])).toMatchObject({ missing: 'B_5 and B have no seed in common' });
  });

  it('is nothing where the first was not scored', () => {
    expect(effectOf([facts('B-5x5', 1, 12.5)])).toBeNull();
  });
});
