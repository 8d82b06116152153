import { realpathSync } from 'node:fs';
import { join } from 'node:path';

const scripts = new Set(['vgg', 'setup', 'reproduce']);
const packageFolder = join(import.meta.dirname, '..', '..', '..');

/** `npm run` starts a script in the package's folder: goes back to where it was called, so that relative paths hold. */
export function goToCaller(environment = process.env): void {
  const { INIT_CWD: caller, npm_lifecycle_event: script = '' } = environment;
  if (caller === undefined || !scripts.has(script)) return;
  if (realpathSync(process.cwd()) === realpathSync(packageFolder)) process.chdir(caller);
}
