import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of the user's own data: database, runs, studies. `--home`, else `$VGG_HOME`, else the platform's. */
export function dataHome(chosen?: string): string {
  return chosen ?? process.env.VGG_HOME ?? join(platformFolder('data'), 'vgg-workbench');
}

/** The folder of data that can be made again: the TensorFlow library, the compiled addon, statistics of datasets. */
export function cacheHome(): string {
  return process.env.VGG_CACHE ?? join(platformFolder('cache'), 'vgg-workbench');
}

function platformFolder(use: 'data' | 'cache'): string {
  const home = homedir();
  switch (process.platform) {
    case 'darwin':
      return join(home, 'Library', use === 'data' ? 'Application Support' : 'Caches');
    case 'win32':
      return process.env.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
    default:
      return use === 'data'
        ? (process.env.XDG_DATA_HOME ?? join(home, '.local', 'share'))
        : (process.env.XDG_CACHE_HOME ?? join(home, '.cache'));
  }
}
