import { chromium, type Browser } from '@playwright/test';
import { chromiumPath } from '../support/chromium.ts';

/** The system's Chromium where there is one, else Playwright's own. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      // Chromium's sandbox does not work for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}
