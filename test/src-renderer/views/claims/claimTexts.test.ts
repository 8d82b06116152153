import { describe, expect, it } from 'vitest';
import {
  bySection,
  comparisonOf,
  costOf,
  effectText,
  howTested,
  reasonLinks,
  sectionTitle,
  studyAddress,
} from '../../../../src-renderer/views/claims/claimTexts.ts';
import { slideFor } from '../../../../src-renderer/views/claims/slideKeys.ts';
import { claim, side } from './aClaim.ts';

describe('words of a claim', () => {
  it('are put by section, each with its title', () => {
    const sections = bySection([claim(), claim({ section: '', id: 'mine' }), claim({ id: 'other' })]);
    expect(sections.map((each) => [sectionTitle(each.section), each.claims.length])).toEqual([
      ['Sect. 4.1 · One scale: what depth brings', 2],
      ['Your own', 1],
    ]);
  });

  it('give the difference with its interval, or both counts', () => {
    expect(effectText(claim())).toBe('−1.20, −2.90 to +0.50');
    expect(effectText(claim({ effect: null }))).toBe('');
    const counted = claim({
      kind: 'computed',
      sides: [
        { ...side('3 × 3×3'), error: 27 },
        { ...side('7×7'), error: 49 },
      ],
    });
    expect(effectText(counted)).toBe('3 × 3×3: 27, 7×7: 49');
  });

  it('say how a claim would be tested', () => {
    expect(howTested(claim())).toContain('Train C and B alike');
    expect(howTested(claim({ kind: 'equal', margin: 0.5 }))).toContain('within 0.5 points');
    expect(howTested(claim({ kind: 'computed' }))).toContain('nothing is trained');
  });

  it('lead to the runs beside each other and to the study that would answer', () => {
    expect(reasonLinks(claim()).map(({ address }) => address)).toEqual([
      '/compare/C-1,B-1',
      '/compare/C-1,B-1?statistics=open',
      '/compare/C-1,B-1?maps=open',
      '/networks?left=C&right=B',
    ]);
    expect(studyAddress(claim())).toBe('/new?what=study');
    const compared = claim({
      sides: [side('D', 'initialisation: D/from-A'), side('D', 'initialisation: D/deviation')],
    });
    expect(comparisonOf(compared)).toBe('initialisation');
    expect(studyAddress(compared)).toBe('/new?what=study&compare=initialisation');
    // One run by its id is no comparison.
    expect(comparisonOf(claim({ sides: [side('D', '20261101-102200-c-64-dnvb')] }))).toBeNull();
  });
});

describe('what trainings cost', () => {
  const run = (key: string, dependsOn: string | null, seconds: number | null) => ({
    ...{ key, dependsOn, seconds },
    epochs: 1,
    rows: 1,
  });
  const planned = [
    run('A@256#1', null, 10),
    run('D@256#1', 'A@256#1', 40),
    run('D@384#1', 'D@256#1', 80),
    run('E@256#1', 'A@256#1', null),
  ];

  it('counts what they start from, each once', () => {
    expect(costOf(['D@256'], planned)).toBe(50);
    expect(costOf(['D@256', 'D@384#1'], planned)).toBe(130);
  });

  it('is not known if that of one is not, or if none is planned', () => {
    expect(costOf(['E@256', 'A@256'], planned)).toBeNull();
    expect(costOf(['C@256'], planned)).toBeNull();
  });
});

describe('keys of the presentation', () => {
  it('go through the claims and stop at both ends', () => {
    expect(slideFor('ArrowRight', 0, 3)).toBe(1);
    expect(slideFor('PageDown', 2, 3)).toBe(2);
    expect(slideFor('ArrowLeft', 0, 3)).toBe(0);
    expect(slideFor('End', 0, 3)).toBe(2);
    expect(slideFor('Home', 2, 3)).toBe(0);
    expect(slideFor('a', 1, 3)).toBeUndefined();
  });
});
