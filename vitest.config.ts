import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The tests train for real: two processes share two cores without starving each other's timers.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'engine',
          include: ['test/**/*.test.ts'],
          exclude: ['test/src-renderer/ui/**'],
          globalSetup: ['test/support/globalSetup.ts'],
          pool: 'forks',
          // Seconds on two free cores; a machine that others use too takes several times as long.
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // TensorFlow's notes at start-up are not results.
          env: { TF_CPP_MIN_LOG_LEVEL: '2' },
        },
      },
      'test/src-renderer/ui/vitest.config.ts',
    ],
  },
});
