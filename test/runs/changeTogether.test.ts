import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { changeTogether } from '../../src-main/runs/changeTogether.ts';
import { RunDatabase } from '../../src-main/runs/RunDatabase.ts';
import type { RunRecord } from '../../src-main/runs/records.ts';
import { recordOf } from '../../src-main/runs/records.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { config, openLog } from './fixtures.ts';

/** Two runs, and a change of which each call gives the next of some records. */
function twoRuns() {
  const log = openLog();
  const ids = [log.create({ config: config() }).id, log.create({ config: config() }).id];
  const database = new RunDatabase(join(temporaryFolder(), 'other.sqlite'));
  const named = (id: string, name: string): RunRecord => ({ ...recordOf(log.runs.get(id)), name });
  const change = (of: (id: string) => RunRecord | null) =>
    changeTogether(database, (id) => log.folder(id), ids, of).finally(() => {
      database.close();
    });
  const names = () => ids.map((id) => log.folder(id).readRecord().name);
  const files = () =>
    ids.flatMap((id) => readdirSync(log.folder(id).path)).filter((name) => name.includes('tmp'));
  return { log, ids, named, change, names, files };
}

it('sets the statuses of many runs, in rows and records alike, at once', async () => {
  const log = openLog();
  const ids = Array.from({ length: 103 }, () => log.create({ config: config() }).id);
  const [first = '', second = ''] = ids;
  const startedAt = new Date('2026-01-01T00:00:00Z');
  log.setStatus(first, 'running', { at: startedAt });
  await log.setStatuses(ids, ({ id }) => (id === second ? null : { status: 'finished', at: new Date(at) }));
  for (const id of ids.filter((one) => one !== second)) {
    const run = log.runs.get(id);
    expect(run).toMatchObject({ status: 'finished', finishedAt: at, owner: null });
    expect(log.folder(id).readRecord()).toMatchObject({
      status: 'finished',
      finishedAt: at,
      revision: run.revision,
    });
  }
  expect(log.runs.get(first).startedAt).toBe(startedAt.toISOString());
  expect(log.runs.get(second).status).toBe('queued');
  expect(log.folder(second).readRecord()).toMatchObject({ status: 'queued', revision: 0 });
});

it('takes what it does first for a rehearsal: what has changed meanwhile counts', async () => {
  const { ids, named, change, names, files } = twoRuns();
  const calls = new Map<string, number>();
  await change((id) => {
    const call = (calls.get(id) ?? 0) + 1;
    calls.set(id, call);
    return named(id, id === ids[0] ? `call ${call}` : 'the same');
  });
  expect(names()).toEqual(['call 2', 'the same']);
  expect(files()).toEqual([]);
});

it('leaves the record of a run that is not to be changed any more', async () => {
  const { ids, named, change, names, files } = twoRuns();
  const seen = new Set<string>();
  await change((id) => {
    if (id === ids[0] && seen.has(id)) return null;
    seen.add(id);
    return named(id, 'new');
  });
  expect(names()).toEqual(['', 'new']);
  expect(files()).toEqual([]);
});

it('writes a record also where a trainer has removed what lay beside the old one, and none where the folder is gone', async () => {
  const { log, ids, named, change } = twoRuns();
  const [kept = '', gone = ''] = ids;
  const seen = new Set<string>();
  await change((id) => {
    if (seen.has(kept) && id === kept) log.folder(kept).removeTemporaries();
    if (id === gone) rmSync(log.folder(gone).path, { recursive: true, force: true });
    seen.add(id);
    return named(id, 'new');
  });
  expect(log.folder(kept).readRecord().name).toBe('new');
  expect(log.folder(gone).isOfRun).toBe(false);
});

const at = '2026-02-02T00:00:00.000Z';
