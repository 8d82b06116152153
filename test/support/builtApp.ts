import { withLock } from '../../src-main/foundation/lock.ts';
import { buildFolder } from '../../src-main/foundation/project.ts';
import { buildIfStale } from '../../src-main/hosts/start/build.ts';

/** Builds the window and the desktop app if a source is newer. Tests run in several processes: one builds, the others wait. */
export async function builtApp(): Promise<void> {
  await withLock(`${buildFolder}.lock`, async () => {
    if (!(await buildIfStale())) throw new Error('The build failed.');
  });
}
