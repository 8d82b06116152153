import type { Owner, RunStatus } from './records.ts';

/** A set of runs with one purpose, for example the rows of Tables 3 and 4. */
export interface Study {
  id: string;
  /** What a person calls it, and notes of it; empty unless given. */
  name: string;
  notes: string;
  preset: string;
  dataset: string;
  status: RunStatus;
  createdAt: string;
  finishedAt: string | null;
  owner: Owner | null;
  /** What is to be run; the code that runs it defines its form. */
  definition: Record<string, unknown>;
}

/** A run's place in a study. */
export interface StudyRun {
  /** `D@256-512#1`: net, S and seed. */
  key: string;
  runId: string;
  seed: number;
}

/** A study as its row has it. */
export interface StudyRow extends Omit<Study, 'owner' | 'definition'> {
  owner: string | null;
  heartbeat_at: string | null;
  definition: string;
}
