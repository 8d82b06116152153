import { randomInt } from 'node:crypto';
import { distance } from 'fastest-levenshtein';
import { WorkbenchError } from '../foundation/errors.ts';
import type { RunConfig } from '../configuration/schema.ts';
import { trainScaleText } from '../vocabulary/scales.ts';

/** Without the characters that are easily confused: 0 and o, 1, i and l. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** A new id of a run: sortable by time, with net and S, unique: `20261124-031500-d-64-128-k3f9`. */
export function newRunId({ network, data }: RunConfig, now: Date): string {
  return newId(now, network.config.toLowerCase(), trainScaleText(data.trainScale));
}

/** A new id: time in UTC, the given words, four random characters. */
export function newId(now: Date, ...words: readonly string[]): string {
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const word = words.map((part) => part.replaceAll(/[^A-Za-z0-9]+/g, '-')).join('-');
  const tail = Array.from({ length: 4 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  return `${time}-${word}-${tail}`;
}

/** The error for what could mean several. */
export function ambiguousId(
  kind: 'run' | 'study',
  requested: string,
  matching: readonly string[],
): WorkbenchError {
  return new WorkbenchError(
    kind === 'run' ? 'run-ambiguous' : 'study-ambiguous',
    `${requested} could be any of ${matching.length}: ${matching.slice(0, 5).join(', ')}${matching.length > 5 ? ', …' : ''}.`,
    'Give more of the id.',
  );
}

/**
 * The only id that matches: in full, by its beginning or by its last four characters.
 *
 * @param ids newest first
 * @throws WorkbenchError `run-not-found` with the nearest ids, `run-ambiguous`; `study-not-found`, `study-ambiguous`
 */
export function resolveId(kind: 'run' | 'study', ids: readonly string[], requested: string): string {
  if (ids.includes(requested)) return requested;
  const matching =
    requested === '' ? [] : ids.filter((id) => id.startsWith(requested) || id.endsWith(`-${requested}`));
  const [only, other] = matching;
  if (only !== undefined && other === undefined) return only;
  if (other !== undefined) throw ambiguousId(kind, requested, matching);
  const nearest = ids
    .map((id) => ({ id, edits: distance(id.slice(0, Math.max(requested.length, 1)), requested) }))
    .sort((one, two) => one.edits - two.edits)
    .slice(0, 3)
    .map(({ id }) => id);
  throw new WorkbenchError(
    kind === 'run' ? 'run-not-found' : 'study-not-found',
    `There is no ${kind} ${requested}.`,
    nearest.length === 0
      ? `There are no ${kind === 'run' ? 'runs' : 'studies'} yet.`
      : `The nearest are: ${nearest.join(', ')}.`,
  );
}
