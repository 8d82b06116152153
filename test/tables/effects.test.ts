import { expect, it } from 'vitest';
import type { Outcome } from '../../src-main/statistics/outcome.ts';
import { effectsOf, ranksOf, referenceOf, type ScoredRow } from '../../src-main/tables/effects.ts';
import { pairedBy } from '../../src-main/tables/pairedEffects.ts';
import { paperTable, table3 } from '../../src-main/vocabulary/paperTables.ts';

const names = Array.from({ length: 1000 }, (_, image) => `cat/${image}.png`);

/** The first so many images are wrong. */
function outcome(wrong: number, fingerprint = 'v'): Outcome {
  return { fingerprint, names, right: Uint8Array.from(names, (_, image) => (image < wrong ? 0 : 1)) };
}

function row(id: string, wrong: number, changes: Partial<ScoredRow> = {}): ScoredRow {
  const paper = table3.find((one) => one.id === id);
  if (!paper) throw new Error(`There is a row ${id}.`);
  return { paper, top1Error: wrong / 10, outcomes: [{ seed: 1, outcome: outcome(wrong) }], ...changes };
}

it('measures rows against the first of the same S, in Table 5 the same net by dense evaluation', () => {
  const idsOf = (table: 3 | 4 | 5 | 6) =>
    paperTable(table).map((one) => referenceOf(table, paperTable(table), one)?.id ?? null);
  expect(idsOf(3)).toEqual([
    ...[null, '3:A@256', '3:A@256', '3:A@256', null, null],
    ...['3:A@256', '3:C@384', '3:C@256-512', '3:A@256', '3:C@384', '3:C@256-512'],
  ]);
  expect(idsOf(4).filter((id) => id === null)).toHaveLength(3);
  expect(idsOf(5)).toEqual([
    null,
    '5:D@256-512:dense',
    '5:D@256-512:dense',
    null,
    '5:E@256-512:dense',
    '5:E@256-512:dense',
  ]);
  expect(idsOf(6)).toEqual([null, '6:D+E@256-512:dense', '6:D+E@256-512:dense']);
});

it('marks what is beyond chance, by Holm over the table', () => {
  const effects = effectsOf(3, [
    row('3:A@256', 200),
    row('3:B@256', 207),
    row('3:C@256', 150),
    row('3:D@256', 201),
  ]);
  expect(effects[0]).toBeNull();
  // McNemar: 2 · 2⁻⁷ = 0.0156 alone, twice that among those that are left.
  expect(effects[1]).toMatchObject({
    points: expect.closeTo(0.7, 9) as number,
    pValue: 0.015625,
    pAdjusted: 0.03125,
    beyondChance: true,
  });
  expect(effects[2]).toMatchObject({ points: -5, beyondChance: true });
  expect(effects[3]).toMatchObject({ pValue: 1, beyondChance: false });
});

it('says of several seeds that they are paired seed by seed too', () => {
  const ofSeeds = (wrong: readonly number[]) => ({
    outcomes: wrong.map((count, index) => ({ seed: index + 1, outcome: outcome(count) })),
  });
  const [a, one, several] = [
    row('3:A@256', 200, ofSeeds([200, 201])),
    row('3:B@256', 207),
    row('3:C@256', 150, ofSeeds([150, 149])),
  ];
  expect(pairedBy(effectsOf(3, [a, one]))).toBe('paired image by image');
  expect(pairedBy(effectsOf(3, [a, one, several]))).toBe('paired image by image and seed by seed');
});

it('knows no chance where predictions are not kept, or are of other images', () => {
  const unknown = { points: 5, low: null, high: null, pValue: null, beyondChance: null };
  for (const [other, missing] of [
    [null, 'the predictions of B@256, seed 1, are not kept'],
    [outcome(250, 'other'), 'B@256 and A@256, seed 1: they were scored on different images'],
  ] as const) {
    const effects = effectsOf(3, [
      row('3:A@256', 200),
      row('3:B@256', 250, { outcomes: [{ seed: 1, outcome: other }] }),
    ]);
    expect(effects[1]).toMatchObject({ ...unknown, missing });
  }
  const otherSeed = row('3:B@256', 250, { outcomes: [{ seed: 2, outcome: outcome(250) }] });
  expect(effectsOf(3, [row('3:A@256', 200), otherSeed])[1]).toMatchObject({
    ...unknown,
    missing: 'B@256 and A@256 have no seed in common',
  });
});

it('has no effect of what was not run', () => {
  const notRun = row('3:B@256', 0, { top1Error: null, outcomes: [] });
  expect(effectsOf(3, [row('3:A@256', 200), notRun])).toEqual([null, null]);
});

it('ranks what was run', () => {
  expect(ranksOf([3, null, 1, 3, 2])).toEqual([3, null, 1, 3, 2]);
});
