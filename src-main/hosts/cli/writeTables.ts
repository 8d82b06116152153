import { join } from 'node:path';
import { writeFileAtomically } from '../../foundation/files.ts';
import type { TableOptions } from '../../vocabulary/tableOptions.ts';
import type { Session } from './Session.ts';

export const formats = [
  { format: 'csv', extension: 'csv' },
  { format: 'markdown', extension: 'md' },
  { format: 'latex', extension: 'tex' },
] as const;

/**
 * Writes the tables that a study fills, in every format; results that were not run are empty.
 *
 * @param folder an existing folder
 * @returns the tables as Markdown
 */
export async function writeTables(
  { client }: Session,
  study: string,
  folder: string,
  options: TableOptions,
): Promise<string[]> {
  const printed: string[] = [];
  const { tables } = await client.studies.get({ id: study });
  for (const table of tables) {
    for (const { format, extension } of formats) {
      const text = await client.tables.render({ study, table, format, options });
      writeFileAtomically(join(folder, `table${table}.${extension}`), text);
      if (format === 'markdown') printed.push(text);
    }
  }
  return printed;
}
