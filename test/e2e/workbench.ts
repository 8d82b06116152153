import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Browser, type Page } from '@playwright/test';
import { SettingsFile } from '../../src-main/workbench/SettingsFile.ts';
import { BrowserWorkbench, launchBrowser } from './BrowserWorkbench.ts';
import { ElectronWorkbench } from './ElectronWorkbench.ts';

export interface HostOptions {
  hostKind: 'browser' | 'electron';
  /** Whether the window begins with the first steps, for which the workbench examines the machine. */
  isFirstStart: boolean;
}

/** A running workbench on a data folder of its own, and its window. */
export interface RunningWorkbench {
  readonly home: string;
  readonly page: Page;
  /** Ends the program at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again; the window of the browser host stays. */
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Fixtures {
  workbench: RunningWorkbench;
  /** The window, on its first page. */
  window: Page;
}

interface WorkerFixtures {
  /** The browser of all tests of a worker, launched for the first that asks for it. */
  sharedBrowser: () => Promise<Browser>;
}

export const test = base.extend<Fixtures & HostOptions, WorkerFixtures>({
  hostKind: ['browser', { option: true }],
  isFirstStart: [false, { option: true }],

  sharedBrowser: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      let launched: Promise<Browser> | undefined;
      await use(() => (launched ??= launchBrowser()));
      await (await launched)?.close();
    },
    { scope: 'worker' },
  ],

  workbench: async ({ hostKind, isFirstStart, sharedBrowser, contextOptions }, use, testInfo) => {
    const home = mkdtempSync(join(tmpdir(), 'vgg-e2e-'));
    if (!isFirstStart) new SettingsFile(join(home, 'settings.json')).change({ welcomed: true });
    const workbench =
      hostKind === 'browser'
        ? await BrowserWorkbench.open(home, await sharedBrowser(), contextOptions)
        : await openElectron(home, testInfo);
    const defects: string[] = [];
    workbench.page.on('pageerror', (error) => defects.push(error.message));
    await use(workbench);
    await workbench.close();
    rmSync(home, { recursive: true, force: true });
    base.expect(defects, 'errors that the page did not catch').toEqual([]);
  },

  window: async ({ workbench }, use) => {
    await use(workbench.page);
  },
});

export { expect } from '@playwright/test';

function openElectron(home: string, testInfo: { skip(condition: boolean, why: string): void }) {
  testInfo.skip(!hasElectron(), "Electron's binary or a display is not there.");
  return ElectronWorkbench.open(home);
}

function hasElectron(): boolean {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return false;
  try {
    const require = createRequire(import.meta.url);
    const folder = join(require.resolve('electron/package.json'), '..');
    return readFileSync(join(folder, 'path.txt'), 'utf8') !== '';
  } catch {
    return false;
  }
}
