import type { JudgedClaim, JudgedSide } from '../../../../src-main/workbench/contract.ts';

export const side = (net: string, run: string | null = null): JudgedSide => ({
  label: net,
  table: run === null ? 3 : null,
  net: run === null ? net : null,
  trainScale: run === null ? 256 : null,
  testScales: null,
  protocol: null,
  run,
  error: 20,
  paper: 27,
  runs: [{ id: `${net}-1`, key: `${net}@256#1`, seed: 1, converged: null }],
});

/** C against B, undecided. */
export const claim = (changes: Partial<JudgedClaim> = {}): JudgedClaim => ({
  id: 'c-better-b',
  section: '4.1',
  title: 'C better than B',
  sentence: '',
  why: '',
  kind: 'less',
  verdict: 'undecided',
  reason: '',
  effect: -1.2,
  low: -2.9,
  high: 0.5,
  pValue: 0.1,
  pAdjusted: 0.5,
  images: 1000,
  seeds: 1,
  paperEffect: -0.6,
  margin: null,
  marginReason: null,
  sides: [side('C'), side('B')],
  pairs: [],
  missing: null,
  toDecide: null,
  notes: [],
  ...changes,
});
