import { spawn } from 'node:child_process';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MetricsLog } from '../../src-main/runs/folder/MetricsLog.ts';
import { readMetrics } from '../support/readMetrics.ts';
import { RunLock } from '../../src-main/runs/folder/RunLock.ts';
import { codeOf, config, openLog } from './fixtures.ts';

/** Starts the writer, waits until it reported so many steps, kills it, and returns the last it reported. */
async function writeAndKill(home: string, id: string, reports: number, atWork: () => void): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), home, id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = printed.split('\n').length;
    printed += text;
    if (before <= 2 && printed.split('\n').length > 2) atWork();
    if (printed.split('\n').length > reports) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('close', resolve));
  return Number(printed.split('\n').at(-2));
}

describe('a process that is killed while it writes', () => {
  it.each([2, 40, 150])('loses nothing it had flushed (%i reports)', async (reports) => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    const folder = log.folder(id);
    const flushed = await writeAndKill(log.home, id, reports, () => {
      expect(codeOf(() => new RunLock(folder))).toBe('run-locked');
      expect(
        codeOf(() => {
          log.remove(id);
        }),
      ).toBe('run-busy');
    });

    const raw = new Sqlite(join(log.home, 'workbench.sqlite'));
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
    raw.close();
    expect(log.runs.get(id).status).toBe('interrupted');

    const points = readMetrics(folder.metrics);
    expect(points.at(-1)?.step).toBeGreaterThanOrEqual(flushed);
    points.forEach(({ step, name, value }, index) => {
      expect([step, name]).toEqual([Math.floor(index / 2), index % 2 === 0 ? 'loss' : 'imagesPerSecond']);
      expect(value).toBe(Math.sqrt(step));
    });

    // The way a run is taken up again: the lock is free, the file ends at the checkpoint, the rows follow the file.
    const lock = new RunLock(folder);
    const metrics = new MetricsLog(folder.metrics);
    metrics.truncateAfter(3);
    metrics.close();
    lock.release();
    await log.reconcile(id);
    expect(log.runs.get(id).status).toBe('interrupted');
    expect(folder.readRecord().status).toBe('interrupted');
    expect(log.metrics.read(id).map(({ steps }) => steps)).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 3],
    ]);
  });
});
