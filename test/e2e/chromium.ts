import { existsSync } from 'node:fs';
import { chromium, type Browser } from '@playwright/test';

const debian = '/usr/bin/chromium';

/** Debian's Chromium where it is installed, else Playwright's own. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(existsSync(debian) ? { executablePath: debian } : {}),
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      // Chromium's sandbox does not work for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}
