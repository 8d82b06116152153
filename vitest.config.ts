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
    // TensorFlow's notes at start-up are not results.
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
  },
});
