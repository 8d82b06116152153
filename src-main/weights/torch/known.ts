import type { Pickled } from './pickled.ts';
import { rebuilders, storageTypes } from './tensors.ts';

/** Dictionaries of Python's library, which are made empty or from a list of pairs. */
const dictionaries = new Set(['collections.OrderedDict', 'collections.defaultdict']);

/** Whether the meaning of a Python class or function is known, so that its result can be made without it. */
export function isKnown(name: string): boolean {
  return dictionaries.has(name) || Object.hasOwn(rebuilders, name) || Object.hasOwn(storageTypes, name);
}

/** What a known class or function would make of its arguments; undefined for arguments that it does not take. */
export function callKnown(name: string, argument: Pickled[]): Pickled | undefined {
  if (!dictionaries.has(name)) return rebuilders[name]?.(argument);
  // Python 2 wrote an ordered dictionary as a list of pairs. A defaultdict is given what makes its missing values.
  const pairs = name === 'collections.OrderedDict' ? argument[0] : undefined;
  if (pairs === undefined) return new Map();
  if (!Array.isArray(pairs)) return undefined;
  const entries = pairs.flatMap((pair): [Pickled, Pickled][] =>
    Array.isArray(pair) && pair.length === 2 ? [[pair[0] ?? null, pair[1] ?? null]] : [],
  );
  return entries.length === pairs.length ? new Map(entries) : undefined;
}
