import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { buildFolder } from '../../src-main/foundation/project.ts';
import { buildIfStale } from '../../src-main/hosts/start/build.ts';

/** Tests run in several processes: one builds, the others wait. */
const lock = `${buildFolder}.lock`;
const longestBuild = 120_000;

/** Builds the window and the desktop app if a source is newer. */
export async function builtApp(): Promise<void> {
  while (!taken()) await setTimeout(100);
  try {
    if (!(await buildIfStale())) throw new Error('The build failed.');
  } finally {
    rmdirSync(lock);
  }
}

function taken(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    // Whoever took it is gone.
    if (Date.now() - since > longestBuild) rmdirSync(lock);
    return false;
  }
}
