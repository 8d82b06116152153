import windowTests from '../e2e/playwright.config.ts';

/** How fast the window answers. */
export default {
  ...windowTests,
  testDir: '.',
  testMatch: '*.spec.ts',
  // What is measured has the machine to itself.
  workers: 1,
  globalSetup: '../e2e/globalSetup.ts',
  // As a person sees it.
  use: { ...windowTests.use, contextOptions: {}, isFirstStart: true },
};
