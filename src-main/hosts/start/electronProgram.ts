import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Why the desktop app cannot be opened, as a sentence. */
export interface Refusal {
  reason: string;
}

/** Where Electron's binary is downloaded from, unless a mirror is named. */
const releases = 'https://github.com/electron/electron/releases/download/';
/** Time limit for reaching the server, so that a blocked network keeps nobody waiting. */
const millisecondsToReach = 5000;
const millisecondsToDownload = 10 * 60_000;

/** The path of Electron's binary, downloaded if needed, or why it cannot run here. */
export async function electronProgram(environment = process.env): Promise<{ path: string } | Refusal> {
  const reason = hindrance(environment);
  if (reason !== undefined) return { reason };
  const folder = packageFolder();
  if (folder === undefined) return { reason: 'The electron package is not installed.' };
  const installed = binaryIn(folder);
  if (installed !== undefined) return { path: installed };
  if (!(await isReachable(environment)))
    return { reason: "Electron's binary cannot be downloaded from here." };
  process.stderr.write('Downloading Electron, about 100 MB.\n');
  await download(folder);
  const path = binaryIn(folder);
  return path === undefined ? { reason: "The download of Electron's binary failed." } : { path };
}

/** Why this user cannot open an Electron window here, wherever the binary is. */
export function hindrance(
  environment: NodeJS.ProcessEnv,
  platform = process.platform,
  user = process.getuid?.(),
): string | undefined {
  if (platform !== 'linux') return undefined;
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'There is no display.';
  return user === 0 ? "Electron's sandbox does not work for root." : undefined;
}

function packageFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

/** Reads the binary's path from the package, which records it once the binary exists. */
function binaryIn(folder: string): string | undefined {
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const binary = join(folder, 'dist', readFileSync(note, 'utf8'));
  return existsSync(binary) ? binary : undefined;
}

async function isReachable(environment: NodeJS.ProcessEnv): Promise<boolean> {
  const from = environment.npm_config_electron_mirror ?? environment.ELECTRON_MIRROR ?? releases;
  try {
    await fetch(from, { method: 'HEAD', signal: AbortSignal.timeout(millisecondsToReach) });
    return true;
  } catch {
    return false;
  }
}

async function download(folder: string): Promise<void> {
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 2, 2],
    timeout: millisecondsToDownload,
  });
  await once(child, 'close');
}
