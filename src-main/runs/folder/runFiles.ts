import { closeSync, lstatSync, openSync, readSync, readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';

/** Whether a file belongs to a process and not to the run. */
const passing = (name: string) => ['lock', 'stop', 'trainer.jsonl'].includes(name) || name.endsWith('.tmp');

/** Files that may differ between two copies of the same run. */
const comparedNot = new Set(['status.json', 'log.txt']);

/** The files of a run's folder, `checkpoints/best.safetensors` among them, in alphabetical order. Links are left out. */
export function runFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !passing(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

/** Whether two folders hold the same run: the same configuration, metrics, evaluations and checkpoints. */
export function sameRun(one: string, other: string): boolean {
  const compared = (folder: string) => runFiles(folder).filter((file) => !comparedNot.has(basename(file)));
  const files = compared(one);
  return (
    files.join('\n') === compared(other).join('\n') &&
    files.every((file) => sameContent(join(one, file), join(other, file)))
  );
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
