import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';
import { chromiumPath } from '../chromium.ts';

let context: Promise<BrowserContext> | undefined;

/** Debian's Chromium, opened once, under Electron's name. */
export function openChromium(userData: string): Promise<BrowserContext> {
  context ??= launch(userData);
  return context;
}

export async function closeChromium(): Promise<void> {
  await (await context)?.close();
}

/** Where the test's own Playwright finds it. */
export function debuggingPort(userData: string): number {
  return Number(readFileSync(join(userData, 'DevToolsActivePort'), 'utf8').split('\n')[0]);
}

async function launch(userData: string): Promise<BrowserContext> {
  if (chromiumPath === undefined) throw new Error('There is no Chromium.');
  return await chromium.launchPersistentContext(userData, {
    executablePath: chromiumPath,
    args: ['--disable-gpu', '--remote-debugging-port=0'],
    chromiumSandbox: process.getuid?.() !== 0,
    userAgent:
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Electron/45.4.1 Safari/537.36',
    viewport: null,
  });
}
