import { cpSync, lstatSync, openSync, closeSync, readSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileError } from '../../foundation/files.ts';

/** What belongs to a process and not to the run. */
const passing = (path: string) => basename(path) === 'lock' || path.endsWith('.tmp');

/** What differs between two copies of one run without making them two runs. */
const comparedNot = new Set(['status.json', 'log.txt']);

/** Copies a run's folder to a path that does not exist; the copy appears when it is whole. Links are left out. */
export function copyRunFolder(from: string, to: string): void {
  const temporary = `${to}.${process.pid}.tmp`;
  try {
    cpSync(from, temporary, {
      recursive: true,
      filter: (source) => !passing(source) && !lstatSync(source).isSymbolicLink(),
    });
    renameSync(temporary, to);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw fileError(error, to);
  }
}

/** Whether two folders hold the same run: the same configuration, metrics, evaluations and checkpoints. */
export function sameRun(one: string, other: string): boolean {
  const files = filesOf(one);
  return (
    files.join('\n') === filesOf(other).join('\n') &&
    files.every((file) => sameContent(join(one, file), join(other, file)))
  );
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !passing(entry.name) && !comparedNot.has(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function sameContent(one: string, other: string): boolean {
  if (lstatSync(one).size !== lstatSync(other).size) return false;
  const files = [openSync(one, 'r'), openSync(other, 'r')] as const;
  const chunks = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)] as const;
  try {
    for (;;) {
      const read = readSync(files[0], chunks[0]);
      readSync(files[1], chunks[1]);
      if (read === 0) return true;
      if (!chunks[0].subarray(0, read).equals(chunks[1].subarray(0, read))) return false;
    }
  } finally {
    files.forEach((file) => {
      closeSync(file);
    });
  }
}
