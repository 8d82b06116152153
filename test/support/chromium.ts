import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Chromium of the system; undefined where there is none: tests that need one are skipped then. */
export const chromiumPath = firstOf('chromium', 'chromium-browser', 'google-chrome');

/** One without menus and tabs, which cost as much as the pages that they are around. */
const bare = firstOf('chromium-headless-shell') ?? chromiumPath;

/** How Playwright launches it for a test: the system's Chromium where there is one, else Playwright's own. */
export const chromiumLaunch = {
  ...(bare === undefined ? {} : { executablePath: bare }),
  args: [
    '--disable-gpu',
    '--disable-background-networking',
    // Chromium's sandbox does not work for root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
};

function firstOf(...names: string[]): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}
