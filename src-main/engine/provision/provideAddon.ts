import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../foundation/files.ts';
import { cacheHome } from '../../foundation/home.ts';
import { askLibrary, type LibraryFacts, libraryFactsSchema } from './askLibrary.ts';
import { addonContent } from './addonParts.ts';
import { compileAddon } from './compileAddon.ts';
import { libraryNames } from './libraryFiles.ts';
import { whyNotLoadable } from './loadable.ts';
import type { SetupContext } from './progress.ts';
import { type Attempt, provideOnce } from './provideOnce.ts';

const addonName = 'tfjs_binding.node';
const manifestName = 'manifest.json';
const manifestSchema = libraryFactsSchema.extend({
  addonBytes: z.int().positive(),
  addonSha256: z.string(),
  kernelsMissing: z.string().nullable(),
});

/** The addon compiled for a library, and the facts that the library reports about itself. */
export interface Addon extends LibraryFacts {
  addon: string;
  /** Why it was compiled without the workbench's own kernels; null if it has them. */
  kernelsMissing: string | null;
}

/** The addon for a library folder, or undefined while it is not compiled. */
export function providedAddon(libraryFolder: string): Addon | undefined {
  return readAddon(targetFolder(libraryFolder));
}

/**
 * Compiles the addon for the TensorFlow library in a folder, once for each library and each version of the addon's
 * sources, and asks the library for its version and build.
 *
 * @throws WorkbenchError `compiler-missing`, `compile-failed`, `library-unusable`, `disk-full`, `setup-interrupted`
 */
export async function provideAddon(libraryFolder: string, context: SetupContext): Promise<Addon> {
  const target = targetFolder(libraryFolder);
  return provideOnce(
    target,
    async (verify) => {
      const addon = readAddon(target);
      return addon && verify && (await whyNotLoadable(addon.addon)) !== undefined ? undefined : addon;
    },
    (attempt) => makeAddon(libraryFolder, attempt, context),
    context,
  );
}

async function makeAddon(libraryFolder: string, attempt: Attempt, context: SetupContext): Promise<void> {
  context.onProgress({ stage: 'compile', subject: addonName });
  const facts = await askLibrary(libraryFolder, attempt.scratch, context);
  const addon = join(attempt.tree, addonName);
  const kernelsMissing = await compileAddon(libraryFolder, addon, attempt.scratch, context);
  const content = readFileSync(addon);
  const manifest: z.infer<typeof manifestSchema> = {
    ...facts,
    kernelsMissing,
    addonBytes: content.byteLength,
    addonSha256: sumOf(content),
  };
  writeFileAtomically(join(attempt.tree, manifestName), JSON.stringify(manifest));
}

function readAddon(folder: string): Addon | undefined {
  try {
    const { addonBytes, addonSha256, ...facts } = manifestSchema.parse(
      JSON.parse(readFileSync(join(folder, manifestName), 'utf8')),
    );
    const addon = join(folder, addonName);
    const content = readFileSync(addon);
    if (content.byteLength !== addonBytes) return undefined;
    if (addonSha256 !== sumOf(content)) return undefined;
    return { addon, ...facts };
  } catch {
    return undefined;
  }
}

function sumOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Named after everything the addon depends on, so that a changed library or source is compiled anew. */
function targetFolder(libraryFolder: string): string {
  const key = createHash('sha256').update(libraryFolder);
  for (const name of libraryNames) {
    const facts = statSync(join(libraryFolder, name), { throwIfNoEntry: false });
    key.update(`\n${name} ${facts?.size ?? 0} ${facts?.mtimeMs ?? 0}`);
  }
  for (const content of addonContent()) key.update(content);
  return join(cacheHome(), `addon-${key.digest('hex').slice(0, 16)}`);
}
