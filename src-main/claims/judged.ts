import type { ClaimKind, ClaimVerdict } from '../vocabulary/claims.ts';
import type { TableNumber } from '../vocabulary/paperTables.ts';
import type { Protocol } from '../vocabulary/protocols.ts';
import type { TrainScale } from '../vocabulary/scales.ts';

/** A run that stands on a side of a claim. */
export interface SideRun {
  id: string;
  /** `D@256#1`; of a run that belongs to no study the same, of its net, S and seed. */
  key: string;
  seed: number;
  /** How its training ended: `still improving, 1.2 points an epoch`; null where that is not known. */
  converged: string | null;
}

/** A side of a claim: a cell of a table, a run of a comparison, or one run. What it is not is null. */
export interface JudgedSide {
  label: string;
  table: TableNumber | null;
  /** `D`, or `D+E` for the mean of their posteriors. */
  net: string | null;
  /** S and Q in pixels at the paper's crop of 224. */
  trainScale: TrainScale | null;
  testScales: readonly number[] | null;
  /** Null where it is the study's own. */
  protocol: Protocol | null;
  /** The training of a comparison, such as `width-depth: B-5x5`, or the id of one run. */
  run: string | null;
  /** Top-1 error in %, the mean over seeds; null where nothing was run. For a computed claim, the count. */
  error: number | null;
  /** What the paper printed, in the same unit. */
  paper: number | null;
  /** One for each seed; for the mean of several nets, one for each seed and net. */
  runs: readonly SideRun[];
}

/** A difference of errors, first minus second, in percentage points, with its 95 % interval. */
export interface Difference {
  effect: number;
  low: number;
  high: number;
  pValue: number;
}

/** Two neighbours of a chain. */
export interface JudgedPair extends Difference {
  first: string;
  second: string;
}

/** A claim of the paper, and what runs say of it. Differences are in percentage points of top-1 error, first minus second. */
export interface JudgedClaim {
  id: string;
  section: string;
  title: string;
  /** The claim in plain words. */
  sentence: string;
  /** Why it matters, or what the paper concludes from it. */
  why: string;
  kind: ClaimKind;
  verdict: ClaimVerdict;
  /** Why that is the verdict: one sentence. */
  reason: string;
  /** Of a chain, its first side minus its last. Null for a computed claim, and where nothing could be compared. */
  effect: number | null;
  /** The 95 % interval: over images for one seed, over seeds and images for several. */
  low: number | null;
  high: number | null;
  /** Of the test that decides the claim. */
  pValue: number | null;
  /** The same by Holm, among all claims that were tested together. */
  pAdjusted: number | null;
  /** Number of images that all sides were scored on. */
  images: number | null;
  /** Number of seeds that all sides have. */
  seeds: number;
  paperEffect: number | null;
  /** How many points still count as equal, or as no worse; null where the claim has no such margin. */
  margin: number | null;
  marginReason: string | null;
  sides: readonly JudgedSide[];
  /** Of a chain, its neighbours; else empty. */
  pairs: readonly JudgedPair[];
  /** What has to be trained or scored first; null if nothing has. */
  missing: MissingWork | null;
  /** Of an undecided claim, what would decide a difference such as was measured; null for the others. */
  toDecide: { images: number | null; seeds: number | null } | null;
  notes: readonly string[];
}

export interface MissingWork {
  /** Keys of runs that are to be trained: `D@256#1`. */
  trainings: readonly string[];
  /** What is to be scored, in words: `D@256#1 by multi-crop at Q=256,384,512`. */
  evaluations: readonly string[];
  /** The command that does both; null where none can. */
  command: string | null;
}

/** All claims that were judged together. */
export interface JudgedClaims {
  /** The study whose runs were judged; null for runs that were named, and where there is none. */
  study: string | null;
  /** Newer studies of the same kinds whose runs tell less yet: they were not judged. */
  passedOver: readonly string[];
  claims: readonly JudgedClaim[];
  /** How many of them were tested, among which Holm's method shares the 5 %. */
  tested: number;
}

/** What there is not of a claim before anything was measured, or where it is counted. */
export const unmeasured = {
  effect: null,
  low: null,
  high: null,
  pValue: null,
  pAdjusted: null,
  images: null,
  pairs: [],
  missing: null,
  toDecide: null,
  notes: [],
} as const satisfies Partial<JudgedClaim>;
