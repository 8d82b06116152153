import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { PassThrough } from 'node:stream';
import { ZipFile } from 'yazl';
import { streamFileAtomically } from '../../foundation/files.ts';

/**
 * Writes the files of a folder, and of those in it, as one zip file, under their names from the folder on.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`; the target is then as it was
 */
export async function zipFolder(folder: string, target: string): Promise<void> {
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.on('error', (error: unknown) =>
    output.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  zip.outputStream.pipe(output);
  for (const file of filesIn(folder)) zip.addFile(file, relative(folder, file).split(sep).join('/'));
  zip.end();
  await streamFileAtomically(target, output);
}

function filesIn(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return paths.filter((path) => statSync(path).isFile()).sort();
}
