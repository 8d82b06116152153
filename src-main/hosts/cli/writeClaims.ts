import { join } from 'node:path';
import { writeFileAtomically } from '../../foundation/files.ts';
import { verdictsText } from '../../vocabulary/claims.ts';
import type { Session } from './Session.ts';
import { formats } from './writeTables.ts';

/**
 * Writes what a study's runs say of the claims, in every format.
 *
 * @param folder an existing folder
 * @returns how many claims have each verdict, and how to see them
 */
export async function writeClaims({ client }: Session, study: string, folder: string): Promise<string> {
  const { claims, texts } = await client.claims.renderAll({ study });
  for (const { format, extension } of formats) {
    writeFileAtomically(join(folder, `claims.${extension}`), texts[format]);
  }
  const verdicts = verdictsText(claims);
  return `**Claims of the paper**: ${verdicts}. See each with: npm run -s vgg -- claims --study ${study}\n`;
}
