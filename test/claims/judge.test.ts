import { describe, expect, it } from 'vitest';
import { claimSchema, type Claim, type MeasuredClaim } from '../../src-main/claims/definition.ts';
import { judgeComputed } from '../../src-main/claims/computed.ts';
import { judgeTogether, testClaim } from '../../src-main/claims/judge.ts';
import type { MeasuredSide, SeedOutcome } from '../../src-main/claims/measured.ts';
import { plainSide } from '../../src-main/claims/sides.ts';
import type { Convergence } from '../../src-main/vocabulary/convergence.ts';

const words = { id: 'one', section: '4.1', title: 'D is better', sentence: 'D errs less than C.' };

function claimOf(parts: object): Claim {
  return claimSchema.parse({ ...words, ...parts });
}

function measuredClaim(parts: object): MeasuredClaim {
  const claim = claimOf(parts);
  if (claim.kind === 'computed') throw new Error('It is to be measured.');
  return claim;
}

const cells = [
  { table: 3, net: 'D', S: 256 },
  { table: 3, net: 'C', S: 256 },
];
const less = measuredClaim({ kind: 'less', sides: cells });
const converged: Convergence = { kind: 'converged', pointsPerEpoch: 0, trainError: 1 };

/** An evaluation of 1,000 images of which the first so many are wrong. */
function scored(wrong: number, changes: Partial<SeedOutcome> = {}): SeedOutcome {
  const names = Array.from({ length: 1000 }, (_, image) => `cat/${image}.png`);
  return {
    seed: 1,
    error: wrong / 10,
    outcome: {
      fingerprint: 'v',
      names,
      right: Uint8Array.from(names, (_, image) => (image < wrong ? 0 : 1)),
    },
    endings: [{ name: 'D@256#1', convergence: converged }],
    way: new Map([['crop', '56']]),
    settings: new Map([['training.epochs', '3']]),
    ...changes,
  };
}

function sides(claim: MeasuredClaim, ...seeds: SeedOutcome[][]): MeasuredSide[] {
  return claim.sides.map((side, index) => ({
    side: plainSide(side),
    seeds: seeds[index] ?? [],
    missing: null,
  }));
}

function judged(claim: MeasuredClaim, ...seeds: SeedOutcome[][]) {
  const [only] = judgeTogether([testClaim(claim, sides(claim, ...seeds))]).claims;
  if (!only) throw new Error('It was judged.');
  return only;
}

describe('a claim that one side errs less', () => {
  it('holds, is contradicted or undecided by the paired test', () => {
    expect(judged(less, [scored(200)], [scored(250)])).toMatchObject({
      verdict: 'holds',
      effect: -5,
      images: 1000,
      seeds: 1,
      paperEffect: -1.1,
      toDecide: null,
    });
    expect(judged(less, [scored(250)], [scored(200)])).toMatchObject({ verdict: 'contradicted', effect: 5 });
    const undecided = judged(less, [scored(200)], [scored(203)]);
    expect(undecided.verdict).toBe('undecided');
    expect(undecided.pValue).toBe(0.25);
    // 0.3 % of the images divide them, by 0.3 points: 0.003 · (1.96 / 0.003)².
    expect(undecided.toDecide).toEqual({ images: 1281, seeds: null });
  });

  it('shares its level with the others that are tested, not with those that were not run', () => {
    const alone = testClaim(less, sides(less, [scored(200)], [scored(208)]));
    const notRun = testClaim(less, sides(less));
    const chance = testClaim(less, sides(less, [scored(200)], [scored(200)]));
    expect(judgeTogether([alone, notRun, notRun, notRun, notRun, notRun, notRun]).claims[0]).toMatchObject({
      verdict: 'holds',
      pAdjusted: 0.0078125,
    });
    const { claims, tested } = judgeTogether([alone, ...Array<typeof chance>(9).fill(chance)]);
    expect(tested).toBe(10);
    expect(claims[0]).toMatchObject({ verdict: 'undecided', pAdjusted: 0.078125 });
  });

  it('over seeds takes those that both sides have', () => {
    const first = [scored(200), scored(210, { seed: 2 }), scored(190, { seed: 3 })];
    const second = [scored(240), scored(260, { seed: 2 })];
    const { effect, seeds, notes } = judged(less, first, second);
    expect({ effect, seeds }).toEqual({ effect: -4.5, seeds: 2 });
    expect(notes).toContain(
      'With 2 seeds a side, chance alone puts all of the first side before all of the second in 1 of 6 cases, and as often the other way round.',
    );
  });
});

describe('what cannot be compared', () => {
  const improving: Convergence = { kind: 'improving', pointsPerEpoch: 1.2, trainError: 20 };

  it('is first of all a training that has not come to its end, with what was measured all the same', () => {
    const endings = [{ name: 'C@256#1', convergence: improving }];
    const claim = judged(less, [scored(200)], [scored(250, { endings })]);
    expect(claim).toMatchObject({ verdict: 'not-comparable', effect: -5, pAdjusted: null });
    expect(claim.reason).toContain('C@256#1 (still improving, 1.2 points an epoch) has not converged');
  });

  it('is not one whose schedule has ended while its error still fell, which is said', () => {
    const endings = [{ name: 'C@256#1', convergence: { ...improving, kind: 'schedule-ended' } as const }];
    const claim = judged(less, [scored(200)], [scored(250, { endings })]);
    expect(claim.verdict).not.toBe('not-comparable');
    expect(claim.notes).toContain(
      'The error still fell when the schedule ended of C@256#1: this speaks of nets trained that long.',
    );
  });

  it.each(['diverged', 'stalled'] as const)(
    'is a training that %s, unless that is what is claimed',
    (kind) => {
      const endings = [{ name: 'C@256#1', convergence: { ...improving, kind } }];
      expect(judged(less, [scored(200)], [scored(900, { endings })]).verdict).toBe('not-comparable');
      const stalling = measuredClaim({ kind: 'less', sides: cells, stallingCounts: true });
      expect(judged(stalling, [scored(200)], [scored(900, { endings })]).verdict).toBe('holds');
    },
  );

  it('are other images, under other or the same fingerprint', () => {
    const outcome = { ...scored(250).outcome, fingerprint: 'other' };
    expect(judged(less, [scored(200)], [scored(250, { outcome })])).toMatchObject({
      verdict: 'not-comparable',
      effect: null,
      reason: 'The sides cannot be compared: they were scored on different images.',
    });
    const names = scored(250).outcome.names.with(3, 'dog/9.png');
    const renamed = scored(250, { outcome: { ...scored(250).outcome, names } });
    expect(judged(less, [scored(200)], [renamed]).reason).toBe(
      'The sides cannot be compared: only one of them has a prediction of dog/9.png.',
    );
  });

  it('is another way of scoring', () => {
    const other = scored(250, { way: new Map([['crop', '64']]) });
    expect(judged(less, [scored(200)], [other])).toMatchObject({
      verdict: 'not-comparable',
      reason: 'The sides cannot be compared: they differ in crop: 56 and 64.',
    });
  });
});

it('pairs images by their names, not their order', () => {
  const { names, right, fingerprint } = scored(250).outcome;
  const reversed = { fingerprint, names: names.toReversed(), right: right.toReversed() };
  expect(judged(less, [scored(200)], [scored(250, { outcome: reversed })])).toEqual(
    judged(less, [scored(200)], [scored(250)]),
  );
});

it('says what was not run, and which settings differ besides', () => {
  const notRun = judged(less, [scored(200)], []);
  expect(notRun).toMatchObject({ verdict: 'not-run', effect: null, paperEffect: -1.1 });
  expect(notRun.reason).toBe('Not scored yet: C, S 256, Q 256.');
  const { notes } = judged(
    less,
    [scored(200)],
    [scored(250, { settings: new Map([['training.epochs', '2']]) })],
  );
  expect(notes).toContain('The trainings differ also in training.epochs (3, 2).');
});

it('judges equality against a margin', () => {
  const equal = measuredClaim({ kind: 'equal', sides: cells, margin: 2, marginReason: 'so it is' });
  expect(judged(equal, [scored(200)], [scored(201)])).toMatchObject({ verdict: 'holds', margin: 2 });
  expect(judged(equal, [scored(200)], [scored(300)]).verdict).toBe('contradicted');
});

it('judges a chain by its neighbours', () => {
  const chain = measuredClaim({
    kind: 'ordered',
    sides: ['D', 'C', 'B'].map((net) => ({ table: 3, net, S: 256 })),
  });
  const holds = judged(chain, [scored(200)], [scored(240)], [scored(280)]);
  expect(holds).toMatchObject({ verdict: 'holds', effect: -8, paperEffect: -1.7 });
  expect(holds.pairs.map(({ effect }) => effect)).toEqual([-4, -4]);
  expect(judged(chain, [scored(200)], [scored(240)], [scored(242)]).verdict).toBe('undecided');
  expect(judged(chain, [scored(200)], [scored(280)], [scored(240)]).verdict).toBe('contradicted');
});

it('counts what follows from the nets alone', () => {
  const stack = {
    kind: 'computed',
    quantity: 'weights',
    relation: 'less',
    sides: [{ stack: [3, 3, 3] }, { stack: [7] }],
  };
  const claim = claimOf(stack);
  if (claim.kind !== 'computed') throw new Error('It is computed.');
  expect(judgeComputed(claim)).toMatchObject({ verdict: 'holds', sides: [{ error: 27 }, { error: 49 }] });
  const reversed = claimOf({ ...stack, sides: [{ stack: [7] }, { stack: [3, 3, 3] }] });
  if (reversed.kind !== 'computed') throw new Error('It is computed.');
  expect(judgeComputed(reversed).verdict).toBe('contradicted');
});
