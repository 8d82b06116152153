import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** The folder that holds package.json: the checkout, or the packaged app. */
export const projectFolder = nearestPackage(import.meta.dirname);

/** What ships with the program: presets, datasets, icons. */
export const resourcesFolder = join(projectFolder, 'resources');

export function projectVersion(): string {
  const text = readFileSync(join(projectFolder, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Sources and bundles lie at different depths below it. */
function nearestPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('The program lies outside its package.');
  return nearestPackage(parent);
}
