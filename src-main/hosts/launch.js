import { existsSync, mkdirSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';

/**
 * Starts a TypeScript program. Plain JavaScript that any Node can read, so that a Node too old for the rest can say so.
 *
 * @param {() => Promise<unknown>} start
 * @param {string} advice how to start it with the Node that npm ci has installed
 */
export async function launch(start, advice) {
  if (process.features.typescript) {
    await keepCompiledModules();
    await start();
    return;
  }
  process.stderr.write(
    `This is Node ${process.version}; the workbench needs 22.18 or later.\n` +
      `${advice}: that uses the Node that npm ci has installed.\n` +
      'Where npm ci has none for the platform (macOS), install Node 24.\n',
  );
  process.exitCode = 2;
}

/**
 * Keeps the modules as compiled in the cache folder: every later start, of a trainer too, takes half of the time.
 * It is not Node's own place for them, which is below /tmp, where other users can write.
 */
async function keepCompiledModules() {
  if (process.env.NODE_COMPILE_CACHE) return;
  const { cacheHome } = await import('../foundation/home.ts');
  const folder = join(cacheHome(), 'compiled');
  try {
    makeFolder(folder);
  } catch {
    // Without it, programs start later.
    return;
  }
  if (module.enableCompileCache(folder).directory) process.env.NODE_COMPILE_CACHE = folder;
}

/**
 * Makes a folder and its missing parents one by one: Node's own way, also that of the compile cache, never returns where
 * no folder can be made inside one that exists, as in `/proc`.
 *
 * @param {string} path
 */
function makeFolder(path) {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
