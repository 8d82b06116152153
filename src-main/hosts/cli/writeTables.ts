import { join } from 'node:path';
import { writeFileAtomically } from '../../foundation/files.ts';
import type { Session } from './Session.ts';

export const formats = [
  { format: 'csv', extension: 'csv' },
  { format: 'markdown', extension: 'md' },
  { format: 'latex', extension: 'tex' },
] as const;

/**
 * Writes Tables 3 and 4 of a study in every format, what was not run left empty.
 *
 * @param folder one that is there
 * @returns the two as Markdown
 */
export async function writeTables({ client }: Session, study: string, folder: string): Promise<string[]> {
  const printed: string[] = [];
  for (const table of [3, 4] as const) {
    for (const { format, extension } of formats) {
      const text = await client.tables.render({ study, table, format });
      writeFileAtomically(join(folder, `table${table}.${extension}`), text);
      if (format === 'markdown') printed.push(text);
    }
  }
  return printed;
}
