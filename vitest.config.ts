import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/globalSetup.ts'],
    pool: 'forks',
    // The tests train for real: two processes share two cores without starving each other's timers.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Huge pages, as the trainer process has them (see src-main/engine/environment.ts).
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
  },
});
