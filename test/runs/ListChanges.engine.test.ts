import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listChanges } from '../../src-main/runs/ListChanges.ts';
import { config, openLog, point } from './fixtures.ts';

const idsOf = (runs: readonly { id: string }[]) => runs.map(({ id }) => id);

it('begins with all, then tells each change and nothing twice', async () => {
  const log = openLog();
  const one = log.create({ config: config() }).id;
  const changes = listChanges(log.list, null);
  const first = (await changes.next()).value;
  expect(first).toMatchObject({ whole: true, removed: [] });
  expect(idsOf(first?.changed ?? [])).toEqual([one]);

  const other = log.create({ config: config() }).id;
  log.metrics.append(one, [point(1, 2.5, 'train/loss')]);
  const second = (await changes.next()).value;
  expect(second?.whole).toBe(false);
  expect(idsOf(second?.changed ?? []).sort()).toEqual([one, other].sort());
  expect(second?.changed.find(({ id }) => id === one)?.trainLoss).toBe(2.5);

  log.remove(other);
  const third = (await changes.next()).value;
  expect(third).toMatchObject({ changed: [], removed: [other] });
  await changes.return();
});

it('goes on from a revision, and begins anew with one of another log', () => {
  const log = openLog();
  const id = log.create({ config: config() }).id;
  const { revision } = log.list.changesSince(null);
  expect(log.list.changesSince(revision)).toMatchObject({ whole: false, changed: [], removed: [] });
  log.annotate(id, { tags: ['later'] });
  expect(log.list.changesSince(revision).changed).toMatchObject([{ id, tags: ['later'] }]);
  expect(log.list.changesSince(revision + 1_000_000).whole).toBe(true);
});

it('tells what another process writes, and that it was killed', async () => {
  const log = openLog();
  const { id } = log.create({ config: config() });
  const changes = listChanges(log.list, null);
  await changes.next();
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), log.home, id]);
  for (let status = ''; status !== 'running';) {
    status = (await changes.next()).value?.changed[0]?.status ?? '';
  }
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  for (let status = ''; status !== 'interrupted';) {
    status = (await changes.next()).value?.changed[0]?.status ?? '';
  }
  await changes.return();
  // So does a reader that comes back after it, and knows all that was written.
  const { revision } = log.list.changesSince(null);
  const later = listChanges(log.list, revision);
  expect((await later.next()).value?.changed).toMatchObject([{ id, status: 'interrupted' }]);
  await later.return();
});

it('ends while it waits', async () => {
  const changes = listChanges(openLog().list, null);
  await changes.next();
  const waiting = changes.next();
  await changes.return();
  expect((await waiting).done).toBe(true);
});

it('ends with the log', async () => {
  const log = openLog();
  const changes = listChanges(log.list, null);
  await changes.next();
  log.close();
  expect((await changes.next()).done).toBe(true);
});
