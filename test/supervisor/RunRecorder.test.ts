import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { RunRecorder } from '../../src-main/supervisor/RunRecorder.ts';
import { codeOf, config, openLog, temporaryFolder } from '../runs/fixtures.ts';

it('keeps what the index cannot take now and writes it when it can', async () => {
  const log = openLog(temporaryFolder(), { busyTimeout: 0 });
  const run = log.create({ config: config() });
  const recorder = new RunRecorder(log, run.id, run.config);
  const other = new Sqlite(join(log.home, 'workbench.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  recorder.record({ type: 'metrics', step: 1, epoch: 0, seconds: 1, values: { 'train/loss': 2.5 } });
  recorder.record({ type: 'checkpoint', kind: 'last', step: 1, epoch: 0, bytes: 10 });
  // Longer than it waits between two writes: the one that failed must have been survived.
  await sleep(700);
  expect(
    codeOf(() => {
      recorder.flush();
    }),
  ).toBe('database-busy');
  expect(log.metrics.read(run.id)).toEqual([]);

  recorder.record({ type: 'metrics', step: 2, epoch: 0, seconds: 2, values: { 'train/loss': 1.5 } });
  await sleep(700);
  other.exec('COMMIT');
  other.close();
  await vi.waitFor(
    () => {
      expect(log.metrics.read(run.id)).toMatchObject([{ steps: [1, 2], values: [2.5, 1.5] }]);
    },
    { timeout: 3000 },
  );
  expect(log.evaluations.checkpointsOf(run.id)).toMatchObject([{ kind: 'last', step: 1 }]);
});
