import { defineConfig } from '@playwright/test';
import type { HostOptions } from './workbench.ts';

/** The same specs in each host; the desktop app's are reported as skipped where Electron's binary is not there. */
export default defineConfig<HostOptions>({
  testDir: '.',
  outputDir: '../../out/test-results',
  globalSetup: './globalSetup.ts',
  // Each spec trains for real on the cores that there are.
  workers: 1,
  // On a machine that others use too a bound of time may be missed; what fails twice is wrong.
  retries: 1,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  use: { actionTimeout: 30_000 },
  reporter: [['list']],
  projects: [
    { name: 'browser', use: { hostKind: 'browser' } },
    { name: 'electron', use: { hostKind: 'electron' } },
  ],
});
