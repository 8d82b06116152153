import { expect, it } from 'vitest';
import { watchSilence } from '../../../src-main/hosts/electron/watchSilence.ts';
import type { RunChanges } from '../../../src-main/workbench/contract.ts';
import type { WorkbenchClient } from '../../../src-main/workbench/api.ts';
import { summary } from '../../src-renderer/shared/runs/summary.ts';

/** What is reported while the list of runs changes so. */
async function reported(...changes: RunChanges[]): Promise<string[]> {
  const titles: string[] = [];
  const runs = {
    async *changes() {
      yield* await Promise.resolve(changes);
    },
  };
  await watchSilence({ runs } as unknown as WorkbenchClient, ({ title }) => titles.push(title));
  return titles;
}

const list = (...changed: RunChanges['changed']): RunChanges => ({
  revision: 1,
  whole: false,
  changed,
  removed: [],
});
const running = summary({ name: 'mine', status: 'running' });
const silent = { ...running, unresponsiveSince: '2026-01-01T00:00:00.000Z' };

it('reports once that a trainer gives no sign of life, and again after it has come back', async () => {
  expect(await reported(list(running), list(silent), list(silent))).toEqual(['Run mine does not respond']);
  expect(await reported(list(running), list(silent), list(running), list(silent))).toHaveLength(2);
});

it('reports neither what was so at the start nor how a run ended', async () => {
  expect(await reported(list(silent))).toEqual([]);
  expect(await reported(list(running), list({ ...running, status: 'finished' }))).toEqual([]);
});
