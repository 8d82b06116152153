import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder, projectFolder } from '../../foundation/project.ts';

const sources = ['src-main', 'src-renderer', 'electron.vite.config.ts', 'package.json'];
/** The file that a build writes last. */
const product = join(buildFolder, 'renderer', 'index.html');

/** Builds the window and the desktop app if a source has changed since the last build; false if it fails. */
export async function buildIfStale(): Promise<boolean> {
  const newest = Math.max(...sources.map((name) => newestChange(join(projectFolder, name))));
  if (newest <= (statSync(product, { throwIfNoEntry: false })?.mtimeMs ?? 0)) return true;
  const mark = hindrance(projectFolder);
  if (mark !== undefined) {
    process.stderr.write(
      `The window cannot be built in ${projectFolder}: its builder does not take a ${mark} in a path.\n` +
        'Move the project to a folder without one and try again. The command line works here: npx vgg --help\n',
    );
    return false;
  }
  process.stderr.write('Building the window.\n');
  const builder = join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const child = spawn(process.execPath, [builder, 'build', '--logLevel', 'warn'], {
    cwd: projectFolder,
    stdio: ['ignore', 2, 2],
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return true;
  process.stderr.write('The window could not be built. Install the packages with npm ci and try again.\n');
  return false;
}

/** The first mark of a path at which Vite takes the rest for something else, as in an address; undefined if it has none. */
export function hindrance(path: string): string | undefined {
  return /[#?\0]/.exec(path)?.[0];
}

/** When the file, or any file in the folder, last changed. A folder also changes when a file in it is deleted. */
function newestChange(path: string): number {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts) return 0;
  const inside = facts.isDirectory() ? readdirSync(path).map((name) => newestChange(join(path, name))) : [];
  return Math.max(facts.mtimeMs, ...inside);
}
