import { statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hashOfFile } from '../../foundation/hashOfFile.ts';

/** A file of a provided folder, as its manifest has it. Manifests of earlier versions have no checksums. */
export const providedFileSchema = z.object({
  path: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string().optional(),
});
export type ProvidedFile = z.infer<typeof providedFileSchema>;

/** Whether every file is there with its size: cheap enough to check at each start. */
export function haveTheirSizes(folder: string, files: readonly ProvidedFile[]): boolean {
  return files.every(({ path, bytes }) => {
    const facts = statSync(join(folder, path), { throwIfNoEntry: false });
    return facts?.isFile() === true && facts.size === bytes;
  });
}

/** The files whose content is not what was provided. It reads all of it, which takes seconds. */
export async function damagedFiles(folder: string, files: readonly ProvidedFile[]): Promise<string[]> {
  const damaged: string[] = [];
  for (const { path, sha256 } of files) {
    if (sha256 !== undefined && (await hashOfFile(join(folder, path))) !== sha256) damaged.push(path);
  }
  return damaged;
}

/** The same files with the checksums of what is there now. */
export async function withChecksums(folder: string, files: readonly ProvidedFile[]): Promise<ProvidedFile[]> {
  const summed: ProvidedFile[] = [];
  for (const file of files) summed.push({ ...file, sha256: await hashOfFile(join(folder, file.path)) });
  return summed;
}
