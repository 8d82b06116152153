import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { z } from 'zod';

/** The folder that holds package.json: the checkout, or the packaged app. */
export const projectFolder = nearestPackage(import.meta.dirname);

/** What ships with the program: presets, datasets, icons. */
export const resourcesFolder = join(projectFolder, 'resources');

/** The built window and the code of the Electron app; also in the packaged app. */
export const buildFolder = join(projectFolder, 'out');

/**
 * The file of a program that another process or thread runs, such as `programFile('trainer', 'main')`. Sources and
 * built files have the same folder layout, so the path relative to this file is the same for both.
 */
export function programFile(folder: string, name: string): string {
  return join(import.meta.dirname, '..', folder, name + extname(import.meta.filename));
}

/** The path by which other programs find a file that the packaged app keeps beside its archive; elsewhere unchanged. */
export function outsideArchive(path: string): string {
  return path.replace(/(?<=[\\/]app\.asar)(?=[\\/])/, '.unpacked');
}

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
