import { describe, expect, it } from 'vitest';
import { planLines } from '../../../../src-renderer/views/new/study/planLines.ts';

const run = { epochs: 2, rows: 2, seconds: 30 };
const runs = [
  { ...run, key: 'A-LRN@256#1', dependsOn: null },
  { ...run, key: 'C@256-512#1', dependsOn: 'C@384#1' },
];

describe('the plan of a study', () => {
  it('names net, S and where a training starts from', () => {
    expect(planLines(runs)).toMatchObject([
      { net: 'A-LRN', trainScale: '256', seed: null, startsFrom: 'random' },
      { net: 'C', trainScale: '256–512', seed: null, startsFrom: 'C at 384' },
    ]);
  });

  it('names the net and its variant in a comparison, which has no S', () => {
    const compared = { ...run, key: 'D/from-A#1', dependsOn: 'A/deviation#1' };
    expect(planLines([compared])).toMatchObject([
      { net: 'D/from-A', trainScale: '', startsFrom: 'A/deviation' },
    ]);
  });

  it('tells seeds only where there are several', () => {
    const more = [...runs, { ...run, key: 'A@256#2', dependsOn: null }];
    expect(planLines(more).map(({ seed }) => seed)).toEqual(['1', '1', '2']);
  });
});
