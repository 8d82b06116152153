import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { labelOf } from './labels.ts';
import { runConfigSchema } from './schema.ts';

/** One key of a run's configuration, as help prints it. */
export interface KeyDescription {
  /** The full path, for example `training.plateau.factor`. */
  key: string;
  description: string;
  default: unknown;
  /** What it accepts, in words: `number above 0`. */
  type: string;
  /** The JSON types that it accepts; `choice` is one of a few given texts. */
  accepts: ReadonlySet<string>;
  /** Its label in a form: `Weight decay`. */
  label: string;
  /** Where the paper states it: `Sect. 3.1`; null for what the paper leaves open. */
  paper: string | null;
  /** Texts that it accepts; null if there are none. Whether it accepts anything else is in `accepts`. */
  choices: readonly string[] | null;
  /** Whether it may be left empty. */
  nullable: boolean;
  /** The range of a single number, or of each in a list. */
  range: NumberRange | null;
}

export interface NumberRange {
  integer: boolean;
  minimum: number | null;
  maximum: number | null;
  /** Exclusive bounds. */
  above: number | null;
  below: number | null;
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

const described = [...describe(z.toJSONSchema(runConfigSchema, { io: 'input' }), '')];
const byKey = new Map(described.map((description) => [description.key, description]));
const sections = new Set(described.flatMap(({ key }) => sectionsOf(key)));

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
  return sections.has(path);
}

/** `training.plateau.factor` → ``, `training`, `training.plateau` */
function sectionsOf(key: string): string[] {
  return key.split('.').map((_name, index, names) => names.slice(0, index).join('.'));
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
      const alternatives = property.anyOf ?? [property];
      const description = property.description ?? '';
      yield {
        key,
        description,
        default: property.default,
        type: typeText(property),
        accepts: new Set(alternatives.map(kindOf)),
        label: labelOf(key),
        paper: /Sect\. \d+(\.\d+)?|Table \d+/.exec(description)?.[0] ?? null,
        choices: choicesOf(alternatives),
        nullable: alternatives.some(({ type }) => type === 'null'),
        range: alternatives.map(rangeOf).find((range) => range !== null) ?? null,
      };
    }
  }
}

function choicesOf(alternatives: readonly JsonSchema[]): string[] | null {
  const choices = alternatives.flatMap(
    (schema) => schema.enum ?? (schema.const === undefined ? [] : [schema.const]),
  );
  return choices.length === 0 ? null : choices.map(String);
}

function rangeOf(schema: JsonSchema): NumberRange | null {
  const [element] = [schema.prefixItems?.[0], schema.items].flat().filter((each) => typeof each === 'object');
  if (element !== undefined) return rangeOf(element);
  if (schema.type !== 'integer' && schema.type !== 'number') return null;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  return {
    integer: schema.type === 'integer',
    minimum: minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : null,
    maximum: maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : null,
    above: typeof exclusiveMinimum === 'number' ? exclusiveMinimum : null,
    below: typeof exclusiveMaximum === 'number' ? exclusiveMaximum : null,
  };
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
        ? `list of whole numbers${eachText(schema.items)}`
        : `${schema.prefixItems.length} numbers in a list${eachText(schema.prefixItems[0])}`;
    default:
      return String(schema.type);
  }
}

function eachText(element: JsonSchema['items']): string {
  if (typeof element !== 'object' || Array.isArray(element)) return '';
  const range = rangeText(element);
  return range === '' ? '' : `, each${range.slice(1)}`;
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
