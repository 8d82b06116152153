import { chmodSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/*
 * What the workbench keeps in the data folder is for its owner alone: others who can log in to the machine read neither
 * runs nor the secret of the browser's server. What is exported elsewhere gets the usual permissions.
 */

const forOthers = 0o077;
const kept = new Set<string>();

/** From now on, what this process makes in the folder is for its owner alone. */
export function keepPrivate(folder: string): void {
  kept.add(resolve(folder));
}

/** The permissions of a new file. */
export function fileMode(path: string): number {
  return isKept(path) ? 0o600 : 0o666;
}

/** The permissions of a new folder. */
export function folderMode(path: string): number {
  return isKept(path) ? 0o700 : 0o777;
}

/**
 * Closes to others what is there already, of an earlier version: the entries with the given names, and the folder itself
 * if it holds nothing else, since a person may have chosen one that holds other work. Where the permissions cannot be
 * changed, they stay.
 */
export function makePrivate(folder: string, isOwn: (name: string) => boolean): void {
  if (process.platform === 'win32') return;
  const names = namesIn(folder);
  for (const name of names.filter(isOwn)) close(join(folder, name));
  if (names.every(isOwn)) closeOne(folder);
}

/** Closes a tree from within. One whose top is closed was closed before. */
function close(path: string): void {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts || (facts.mode & forOthers) === 0) return;
  if (facts.isDirectory()) {
    for (const entry of entriesIn(path)) {
      if (!entry.isSymbolicLink()) close(join(path, entry.name));
    }
  }
  closeOne(path);
}

function closeOne(path: string): void {
  try {
    const { mode } = statSync(path);
    if ((mode & forOthers) !== 0) chmodSync(path, mode & 0o700);
  } catch {
    // Of a read-only disk, or of another owner.
  }
}

/** The names in a folder; none if it is not there or may not be read. */
export function namesIn(folder: string): string[] {
  return entriesIn(folder).map(({ name }) => name);
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isKept(path: string): boolean {
  let folder = resolve(path);
  while (!kept.has(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return kept.has(folder);
}
