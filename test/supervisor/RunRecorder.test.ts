import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import { RunRecorder } from '../../src-main/supervisor/RunRecorder.ts';
import { codeOf, config, openLog } from '../runs/fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/** Longer than it waits between two writes. */
const afterWrite = 700;

it('keeps what the index cannot take now and writes it when it can', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const log = openLog(temporaryFolder(), { busyTimeout: 0 });
  const run = log.create({ config: config() });
  const recorder = new RunRecorder(log, run.id, run.config);
  const other = new Sqlite(join(log.home, 'workbench.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  recorder.record({ type: 'metrics', step: 1, epoch: 0, seconds: 1, values: { 'train/loss': 2.5 } });
  recorder.record({ type: 'checkpoint', kind: 'last', step: 1, epoch: 0, bytes: 10, logBytes: 90 });
  // The write that failed must have been survived.
  vi.advanceTimersByTime(afterWrite);
  expect(
    codeOf(() => {
      recorder.flush();
    }),
  ).toBe('database-busy');
  expect(log.metrics.read(run.id)).toEqual([]);

  recorder.record({ type: 'metrics', step: 2, epoch: 0, seconds: 2, values: { 'train/loss': 1.5 } });
  vi.advanceTimersByTime(afterWrite);
  expect(log.metrics.read(run.id)).toEqual([]);
  other.exec('COMMIT');
  other.close();
  vi.advanceTimersByTime(afterWrite);
  expect(log.metrics.read(run.id)).toMatchObject([{ steps: [1, 2], values: [2.5, 1.5] }]);
  expect(log.evaluations.checkpointsOf(run.id)).toMatchObject([{ kind: 'last', step: 1 }]);
});
