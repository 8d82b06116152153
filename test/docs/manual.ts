import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describeKeys } from '../../src-main/configuration/keys.ts';
import { buildProgram } from '../../src-main/hosts/cli/program.ts';
import { Session } from '../../src-main/hosts/cli/Session.ts';
import { commandReference, keyReference } from './commandReference.ts';
import { withGenerated } from './generated.ts';

export const manualPath = join(import.meta.dirname, '..', '..', 'docs', 'manual.md');

/** The manual's text with the commands and keys that the program has now. */
export async function manualOf(text: string): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'vgg-manual-'));
  const session = new Session({ home, json: false });
  try {
    const program = buildProgram(session, await session.client.keys());
    const written = withGenerated(text, {
      commands: commandReference(program),
      keys: keyReference(describeKeys()),
    });
    return await format(written, { ...(await resolveConfig(manualPath)), parser: 'markdown' });
  } finally {
    await session.close();
    rmSync(home, { recursive: true });
  }
}
