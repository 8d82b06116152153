import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { networkFileSystem } from '../../src-main/foundation/networkFileSystem.ts';
import { indexFolder } from '../../src-main/runs/indexFolder.ts';
import { RunLog } from '../../src-main/runs/RunLog.ts';
import { aStudy } from '../support/aStudy.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { config } from './fixtures.ts';

it('lies in the data folder on a local disk', () => {
  const home = temporaryFolder();
  expect(networkFileSystem(home)).toBeNull();
  expect(indexFolder(home)).toBe(home);
});

it('is made again from the folders where it lies elsewhere, with what another machine has changed', () => {
  const home = temporaryFolder();
  const open = (index: string) => {
    vi.stubEnv('VGG_INDEX', index);
    return new RunLog(home);
  };
  const [one, other] = [temporaryFolder(), temporaryFolder()];
  let log = open(one);
  log.studies.put(aStudy());
  const [first, second] = [log.create({ config: config() }), log.create({ config: config() })];
  const seed = 1;
  log.studies.putRun(aStudy().id, { key: 'A', runId: first.id, seed });
  log.close();
  expect(existsSync(join(home, 'workbench.sqlite'))).toBe(false);
  expect(readdirSync(one)).toHaveLength(1);

  log = open(other);
  expect(log.studies.get(aStudy().id).status).toBe('queued');
  log.studies.setStatus(aStudy().id, 'finished');
  log.studies.putRuns(aStudy().id, [
    { key: 'A', runId: second.id, seed },
    { key: 'B', runId: first.id, seed },
  ]);
  log.close();

  log = open(one);
  expect(log.rebuilt.failed).toEqual([]);
  expect(log.studies.get(aStudy().id).status).toBe('finished');
  expect(log.studies.runsOf(aStudy().id).map(({ key, runId }) => [key, runId])).toEqual([
    ['A', second.id],
    ['B', first.id],
  ]);
  log.close();
  vi.unstubAllEnvs();
});

it('lies in no folder of somebody else, and then not on the network disk either', () => {
  vi.stubEnv('VGG_INDEX', temporaryFolder());
  vi.spyOn(process, 'getuid').mockReturnValue((process.getuid?.() ?? 0) + 1);
  expect(() => indexFolder(temporaryFolder())).toThrow(expect.objectContaining({ code: 'write-failed' }));
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
