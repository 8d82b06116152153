import type { Run } from '../../../runs/records.ts';

/** A run of a study with its key in it. */
export interface KeyedRun {
  key: string;
  seed: number;
  run: Run;
}
