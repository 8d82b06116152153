import { realpathSync } from 'node:fs';
import { join } from 'node:path';

const scripts = new Set(['vgg', 'setup', 'reproduce']);
const packageFolder = join(import.meta.dirname, '..', '..', '..');

/** Whether this process is one of the package's own npm scripts. */
export function startedByNpm(environment = process.env): boolean {
  return scripts.has(environment.npm_lifecycle_event ?? '');
}

/** `npm run` starts scripts in the package's folder: returns to the caller's folder, so that relative paths work. */
export function goToCaller(environment = process.env): void {
  const { INIT_CWD: caller } = environment;
  if (caller === undefined || !startedByNpm(environment)) return;
  if (realpathSync(process.cwd()) === realpathSync(packageFolder)) process.chdir(caller);
}
