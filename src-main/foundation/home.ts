import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/*
 * Where the workbench keeps things. A variable that is set but empty counts as not set, as the shell's `${NAME:-default}`
 * and the XDG specification have it.
 */

/** The folder of the user's own data: database, runs, studies. `--home`, else `$VGG_HOME`, else the platform's. */
export function dataHome(chosen?: string): string {
  return expanded(given(chosen) ?? variable('VGG_HOME') ?? join(platformFolder('data'), 'vgg-workbench'));
}

/** The folder of data that can be made again: the TensorFlow library, the compiled addon, statistics of datasets. */
export function cacheHome(): string {
  return resolve(expanded(variable('VGG_CACHE') ?? join(platformFolder('cache'), 'vgg-workbench')));
}

/** A path with `~` at its start as the user's folder: shells expand it only where a word begins. */
export function expanded(path: string): string {
  return path === '~' || /^~[/\\]/.test(path) ? join(userFolder(), path.slice(1)) : path;
}

function platformFolder(use: 'data' | 'cache'): string {
  const home = userFolder();
  switch (process.platform) {
    case 'darwin':
      return join(home, 'Library', use === 'data' ? 'Application Support' : 'Caches');
    case 'win32':
      return variable('LOCALAPPDATA') ?? join(home, 'AppData', 'Local');
    default:
      return use === 'data'
        ? (absolute('XDG_DATA_HOME') ?? join(home, '.local', 'share'))
        : (absolute('XDG_CACHE_HOME') ?? join(home, '.cache'));
  }
}

/** The user's folder; with an empty or relative HOME, the one that the system knows. */
function userFolder(): string {
  return isAbsolute(homedir()) ? homedir() : userInfo().homedir;
}

function variable(name: string): string | undefined {
  return given(process.env[name]);
}

/** The XDG specification has relative paths ignored. */
function absolute(name: string): string | undefined {
  const path = variable(name);
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
