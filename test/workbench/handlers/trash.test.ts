import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { localClient } from '../../../src-main/workbench/api.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';
import { config } from '../../runs/fixtures.ts';
import { aStudy } from '../../support/aStudy.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** A study with one run. */
function opened() {
  const workbench = new Workbench({
    home: temporaryFolder(),
    startTrainer: () => {
      throw new Error('Nothing is trained here.');
    },
    host: plainHost('command line'),
  });
  onTestFinished(() => workbench.close());
  const { log } = workbench;
  const study = aStudy({ status: 'finished', name: 'The long one' });
  log.studies.put(study);
  const { id: run } = log.create({ config: config() });
  log.studies.putRun(study.id, { key: 'D@256#1', runId: run, seed: 1 });
  return { log, client: localClient(workbench), study: study.id, run };
}

it.each(['the run first', 'the study first'])('restores a study with its runs, deleted %s', async (order) => {
  const { log, client, study, run } = opened();
  const deletions = [
    () => log.remove(run),
    () => {
      log.studies.remove(study);
    },
  ];
  for (const deletion of order === 'the run first' ? deletions : deletions.toReversed()) deletion();
  const trashed = await client.trash.list();
  expect(trashed.map(({ kind, id, name }) => [kind, id, name]).sort()).toEqual([
    ['run', run, ''],
    ['study', study, 'The long one'],
  ]);
  await client.trash.restore({ runs: [run], studies: [study] });
  expect(await client.trash.list()).toEqual([]);
  expect(log.studies.get(study).name).toBe('The long one');
  expect(log.studies.runsOf(study)).toEqual([{ key: 'D@256#1', runId: run, seed: 1 }]);
});

it('tells how large things are, and empties', async () => {
  const { log, client, study, run } = opened();
  writeFileSync(join(log.folder(run).path, 'a.bin'), Buffer.alloc(100_000));
  const bytes = statSync(log.studies.file(study)).size;
  log.remove(run);
  log.studies.remove(study);
  const trashed = await client.trash.list();
  const sizeOf = (kind: string) => trashed.find((thing) => thing.kind === kind)?.bytes;
  expect(sizeOf('run')).toBeGreaterThan(100_000);
  expect(sizeOf('run')).toBeLessThan(110_000);
  // Its run is gone from it.
  expect(sizeOf('study')).toBeLessThanOrEqual(bytes);
  await client.trash.empty({ runs: [run], studies: [study] });
  expect(await client.trash.list()).toEqual([]);
  await expect(client.trash.restore({ runs: [], studies: [study] })).rejects.toThrow('No study');
  await expect(client.trash.empty({ runs: ['../..'], studies: [] })).rejects.toThrow();
});
