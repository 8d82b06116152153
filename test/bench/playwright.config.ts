import windowTests from '../e2e/playwright.config.ts';

/** How fast the window answers. */
export default {
  ...windowTests,
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: '../e2e/globalSetup.ts',
};
