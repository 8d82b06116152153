import type { SavedEntry } from './QueueFile.ts';

/** Which entry is meant: no two of a queue have the same. */
export type Place = Pick<SavedEntry, 'kind' | 'id'>;

export function isSame(one: Place, other: Place): boolean {
  return one.kind === other.kind && one.id === other.id;
}

/** What is asked for twice, once: all of a study, or the runs of both. */
export function united(one: SavedEntry, other: SavedEntry): SavedEntry {
  const { kind, id } = one;
  if (one.only === undefined || other.only === undefined) return { kind, id };
  return { kind, id, only: [...new Set([...one.only, ...other.only])] };
}
