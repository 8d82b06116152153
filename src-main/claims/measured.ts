import type { Convergence } from '../vocabulary/convergence.ts';
import type { JudgedSide, MissingWork } from './judged.ts';
import type { Outcome } from '../statistics/outcome.ts';

/** A side of a claim scored with one seed. */
export interface SeedOutcome {
  seed: number;
  /** Top-1 error in %. */
  error: number;
  outcome: Outcome;
  /** How the trainings that it is made of ended, with what they are called; null where that is not known. */
  endings: readonly { name: string; convergence: Convergence | null }[];
  /** What both sides must have alike: `crop` → `32`. */
  way: ReadonlyMap<string, string>;
  /** What may differ and then belongs in a note: `training.epochs` → `3`. */
  settings: ReadonlyMap<string, string>;
}

/** A side of a claim with what was measured of it. */
export interface MeasuredSide {
  side: JudgedSide;
  /** One for each seed that is scored. */
  seeds: readonly SeedOutcome[];
  /** What has to be done for the other seeds. */
  missing: MissingWork | null;
}
