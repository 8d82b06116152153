import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/globalSetup.ts'],
    pool: 'forks',
    // The tests train for real: two processes share two cores without starving each other's timers.
    maxWorkers: 2,
    // Seconds on two free cores; a machine that others use too takes several times as long.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // TensorFlow's notes at start-up are not results.
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
  },
});
