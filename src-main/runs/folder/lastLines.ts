import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/** Few lines of a log are longer. */
const bytesOfLine = 200;

/** The last lines of a text file, without reading the rest of it; none if there is no file. */
export function lastLines(path: string, count: number): string[] {
  if (!existsSync(path)) return [];
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    for (let length = count * bytesOfLine; ; length *= 4) {
      const begin = Math.max(0, size - length);
      const bytes = Buffer.alloc(size - begin);
      readSync(file, bytes, 0, bytes.length, begin);
      const lines = bytes.toString('utf8').split('\n');
      if (lines.at(-1) === '') lines.pop();
      // The first line may be cut at its beginning.
      if (begin > 0) lines.shift();
      if (begin === 0 || lines.length >= count) return lines.slice(-count);
    }
  } finally {
    closeSync(file);
  }
}
