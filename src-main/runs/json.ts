import type { z } from 'zod';
import { WorkbenchError } from '../foundation/errors.ts';

/**
 * A JSON document from the database or a run's folder.
 *
 * @param what names it in the error: `config of run X`
 * @throws WorkbenchError `record-unreadable`
 */
export function parseJson<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  what: string,
): z.infer<Schema> {
  let cause: unknown;
  try {
    const result = schema.safeParse(JSON.parse(text));
    if (result.success) return result.data;
    cause = result.error;
  } catch (error) {
    cause = error;
  }
  const [first] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  throw new WorkbenchError(
    'record-unreadable',
    `The ${what} cannot be read${cause instanceof SyntaxError ? ` (${String(first)})` : ''}.`,
    'If the folder of the run is whole, import it again; else delete the run.',
    { kind: 'failure', cause },
  );
}

/** Like {@link parseJson}, for a column that may be NULL. */
export function parseNullableJson<Schema extends z.ZodType>(
  schema: Schema,
  text: string | null,
  what: string,
): z.infer<Schema> | null {
  return text === null ? null : parseJson(schema, text, what);
}

export function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
