import { appendFileSync } from 'node:fs';
import type { z } from 'zod';
import { fileError } from './files.ts';
import { fileMode } from './privateFolders.ts';

/*
 * Files of lines of JSON that only grow: what they hold is known up to the last whole line, whenever their writer ends.
 */

/**
 * Adds a line, with the time.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`
 */
export function appendJsonLine(path: string, value: Readonly<Record<string, unknown>>): void {
  const line = JSON.stringify({ at: new Date().toISOString(), ...value });
  try {
    // A line break first: the last line of a writer that died may be unfinished.
    appendFileSync(path, `\n${line}\n`, { mode: fileMode(path) });
  } catch (error) {
    throw fileError(error, path);
  }
}

/** The lines of a text; one that cannot be read, such as one half written, is left out. */
export function jsonLines<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema>[] {
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
