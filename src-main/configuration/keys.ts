import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { runConfigSchema } from './schema.ts';

/** One key of a run's configuration, as help prints it. */
export interface KeyDescription {
  /** The full path, for example `training.plateau.factor`. */
  key: string;
  description: string;
  default: unknown;
  /** What it takes, in words: `number above 0`. */
  type: string;
  /** JSON's types among what it takes; `choice` is one of a few given texts. */
  accepts: ReadonlySet<string>;
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

const described = [...describe(z.toJSONSchema(runConfigSchema, { io: 'input' }), '')];
const byKey = new Map(described.map((description) => [description.key, description]));

/** Every key of a run's configuration, in the order of the schema. */
export function describeKeys(): readonly KeyDescription[] {
  return described;
}

/** The description of one key; undefined if there is no such key. */
export function describeKey(key: string): KeyDescription | undefined {
  return byKey.get(key);
}

/** Whether the path names a group of keys (`training.plateau`) rather than a key. */
export function isSection(path: string): boolean {
  return path === '' || described.some(({ key }) => key.startsWith(`${path}.`));
}

/** The key most like a mistyped one; undefined if none is near. A key without its section counts as near. */
export function nearestKey(mistyped: string): string | undefined {
  const lower = mistyped.toLowerCase();
  const lastOf = (key: string) => key.slice(key.lastIndexOf('.') + 1);
  return nearest(
    mistyped,
    described.map(({ key }) => key),
    (key) => Math.min(distance(key.toLowerCase(), lower), distance(lastOf(key).toLowerCase(), lastOf(lower))),
  );
}

/** The candidate at the smallest edit distance, if that is small for the length of the word. */
export function nearest(
  word: string,
  candidates: readonly string[],
  distanceTo = (candidate: string) => distance(candidate, word),
): string | undefined {
  let best: { candidate: string; edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = distanceTo(candidate);
    if (edits < (best?.edits ?? Infinity)) best = { candidate, edits };
  }
  const last = word.slice(word.lastIndexOf('.') + 1);
  return best !== undefined && best.edits <= Math.max(2, last.length / 3) ? best.candidate : undefined;
}

function* describe(schema: JsonSchema, path: string): Generator<KeyDescription> {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property === 'boolean') continue;
    const key = path === '' ? name : `${path}.${name}`;
    if (property.properties !== undefined) yield* describe(property, key);
    else {
      yield {
        key,
        description: property.description ?? '',
        default: property.default,
        type: typeText(property),
        accepts: new Set((property.anyOf ?? [property]).map(kindOf)),
      };
    }
  }
}

function kindOf(schema: JsonSchema): string {
  if (schema.enum !== undefined || schema.const !== undefined) return 'choice';
  return String(schema.type);
}

function typeText(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeText).join(' or ');
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ');
  if (schema.const !== undefined) return String(schema.const);
  switch (schema.type) {
    case 'integer':
      return `whole number${rangeText(schema)}`;
    case 'number':
      return `number${rangeText(schema)}`;
    case 'boolean':
      return 'true | false';
    case 'string':
      return 'text';
    case 'array':
      return schema.prefixItems === undefined
        ? 'list of whole numbers'
        : `${schema.prefixItems.length} numbers in a list`;
    default:
      return String(schema.type);
  }
}

function rangeText(schema: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const parts = [];
  if (multipleOf !== undefined) parts.push(`a multiple of ${multipleOf}`);
  if (minimum !== undefined) parts.push(`at least ${minimum}`);
  if (exclusiveMinimum !== undefined) parts.push(`above ${exclusiveMinimum}`);
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) parts.push(`at most ${maximum}`);
  if (exclusiveMaximum !== undefined) parts.push(`below ${exclusiveMaximum}`);
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`;
}
