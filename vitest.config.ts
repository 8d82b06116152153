import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { cacheHome } from './src-main/foundation/home.ts';

/**
 * A test whose name ends in `.engine.test.ts` needs TensorFlow, starts programs or image threads, or computes for a second.
 * All others are fast: they run in `npm run test:fast`, and TensorFlow is not there for them.
 * What asserts times is in test/bench and runs only in `npm run test:speed`.
 */
const engineTests = 'test/**/*.engine.test.ts';

/** Those of them that need a process of their own: they load TensorFlow in a way of their own or not at all, or open windows. */
const apart = [
  'test/engine/*.engine.test.ts',
  'test/engine/{group,provision}/**/*.engine.test.ts',
  'test/engine/layers/{connect,convolve,randomShapes}.engine.test.ts',
  'test/vgg/golden.engine.test.ts',
  'test/exchange/weights/roundTrip.engine.test.ts',
  'test/hosts/{browser,electron}/**/*.engine.test.ts',
];

/** Linux has a folder in memory: half of the time of tests that write files is waiting for the disk. */
const folderInMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Nothing may go on training after a test, even if what started it is killed. A test that wants otherwise says so. */
const trainers = { VGG_KEEP_TRAINING: 'no' };

const engine = {
  include: [engineTests],
  globalSetup: ['test/support/globalSetup.ts'],
  // Seconds on two free cores; a machine that others use too takes several times as long.
  testTimeout: 600_000,
  hookTimeout: 600_000,
  // TensorFlow's notes at start-up are not results.
  env: { ...trainers, TF_CPP_MIN_LOG_LEVEL: '2' },
};

export default defineConfig({
  test: {
    pool: 'forks',
    fsModuleCache: true,
    // Node reads TypeScript by itself, at half of what Vite's transformation takes the processor.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // The engine tests train for real: two processes share two cores without starving each other's timers.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: [
            engineTests,
            'test/src-renderer/ui/**',
            'test/bench/**',
            'test/kill/**',
            'test/cluster/**',
          ],
          // Half of the time would go into loading the same modules again for each file.
          isolate: false,
          // Milliseconds; generous, since a machine that others use too takes several times as long.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          env: {
            ...trainers,
            // A tenth of the time would go into compiling what is the same as at the last run.
            NODE_COMPILE_CACHE: join(cacheHome(), 'compiled'),
            TMPDIR: folderInMemory,
            VGG_TENSORFLOW: 'nothing (a test that needs TensorFlow is named *.engine.test.ts)',
          },
        },
      },
      // TensorFlow and the modules are loaded once in a process for all of them: that takes a second or two.
      { extends: true, test: { ...engine, name: 'engine', exclude: apart, isolate: false } },
      { extends: true, test: { ...engine, name: 'apart', include: apart } },
      {
        extends: true,
        test: {
          name: 'kill',
          include: ['test/kill/**/*.test.ts'],
          globalSetup: ['test/support/globalSetup.ts'],
          // A hundred kills take an hour.
          testTimeout: 24 * 3600_000,
          env: { ...trainers, TF_CPP_MIN_LOG_LEVEL: '2' },
        },
      },
      {
        extends: true,
        test: {
          name: 'cluster',
          include: ['test/cluster/**/*.test.ts'],
          globalSetup: ['test/support/globalSetup.ts'],
          // What Slurm does takes its time: that a node is dead, it notices after half a minute.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          env: { ...trainers, TF_CPP_MIN_LOG_LEVEL: '2' },
        },
      },
      {
        extends: true,
        test: { name: 'speed', include: ['test/bench/**/*.test.ts'], testTimeout: 240_000 },
      },
      // The window's components, in a browser.
      'test/src-renderer/ui/vitest.config.ts',
    ],
  },
});
