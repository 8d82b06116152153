import { join } from 'node:path';
import { writeFileAtomically } from '../../foundation/files.ts';
import type { ComparisonOptions } from '../../vocabulary/comparisonOptions.ts';
import type { Session } from './Session.ts';
import { formats } from './writeTables.ts';

/**
 * Writes the table of a comparison in every format.
 *
 * @param folder an existing folder
 * @returns the table as Markdown
 */
export async function writeComparison(
  { client }: Session,
  study: string,
  folder: string,
  options: ComparisonOptions,
): Promise<string[]> {
  const { name } = await client.comparisons.get({ study });
  const printed: string[] = [];
  for (const { format, extension } of formats) {
    const text = await client.comparisons.render({ study, format, options });
    writeFileAtomically(join(folder, `${name}.${extension}`), text);
    if (format === 'markdown') printed.push(text);
  }
  return printed;
}
