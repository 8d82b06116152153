import { rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where files are that browsers have sent, each in a folder of its own: `uploads/KIND/ID/NAME`. */
export function uploadsFolder(home: string): string {
  return join(resolve(home), 'uploads');
}

/** Deletes an archive that a browser has sent, once it was imported; any other file stays. */
export function removeImported(home: string, path: string): void {
  const folder = dirname(resolve(path));
  if (dirname(folder) !== join(uploadsFolder(home), 'archive')) return;
  rmSync(folder, { recursive: true, force: true });
}
