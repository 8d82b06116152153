import { defined } from '../foundation/defined.ts';
import type { SavedEntry } from './QueueFile.ts';

/** Identifies an entry: no two entries of a queue share it. */
export type EntryId = Pick<SavedEntry, 'kind' | 'id'>;

export function isSame(one: EntryId, other: EntryId): boolean {
  return one.kind === other.kind && one.id === other.id;
}

/**
 * Merges two entries for the same work: all of a study if either asks for all, else the runs of both, as many at once as the
 * later one says; a run from its best checkpoint if either asks for that.
 */
export function merged(one: SavedEntry, other: SavedEntry): SavedEntry {
  const { kind, id } = one;
  if (kind === 'run') return { ...other, ...one };
  const entry = { kind, id, ...defined({ parallel: other.parallel ?? one.parallel }) };
  if (one.only === undefined || other.only === undefined) return entry;
  return { ...entry, only: [...new Set([...one.only, ...other.only])] };
}
