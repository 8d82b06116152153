import { defineConfig } from '@playwright/test';
import type { HostOptions } from './workbench.ts';

// Nothing may go on training after a test, even if the program is killed. A test that wants otherwise says so.
process.env.VGG_KEEP_TRAINING = 'no';

/** The same specs in each host; the desktop app's are reported as skipped where Electron's binary is not there. */
export default defineConfig<HostOptions>({
  testDir: '.',
  outputDir: '../../out/test-results',
  globalSetup: './globalSetup.ts',
  // Each spec trains for real: two share two cores.
  workers: 2,
  // Tests of one file too, else one worker has nothing to do while the other works off a long file.
  fullyParallel: true,
  // What fails once is wrong. How long to wait is no assertion: a machine that others use too takes several times as long.
  retries: 0,
  timeout: 600_000,
  expect: { timeout: 300_000 },
  use: {
    actionTimeout: 120_000,
    // What moves without end is drawn by the processor, sixty times a second; and a colour on its way to another is no
    // contrast to judge.
    contextOptions: { reducedMotion: 'reduce' },
  },
  reporter: [['list']],
  projects: [
    { name: 'browser', use: { hostKind: 'browser' } },
    { name: 'electron', use: { hostKind: 'electron' } },
  ],
});
