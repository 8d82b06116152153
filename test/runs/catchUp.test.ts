import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aRun } from '../support/aRun.ts';
import { config, evaluation, openLog } from './fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

describe('an index that is behind the folders', () => {
  /** What a power cut leaves: the database as it was, without what its log held. */
  function withOldDatabase(): { home: string; id: string; restore: () => void } {
    const home = temporaryFolder();
    const log = openLog(home);
    const { id } = aRun(log);
    log.close();
    const database = join(home, 'workbench.sqlite');
    cpSync(database, `${database}.old`);
    return {
      home,
      id,
      restore: () => {
        for (const suffix of ['-wal', '-shm']) rmSync(database + suffix, { force: true });
        renameSync(`${database}.old`, database);
      },
    };
  }

  it('writes over nothing that only the folder knows', () => {
    const { home, id, restore } = withOldDatabase();
    const log = openLog(home);
    log.annotate(id, { notes: 'note 29', tags: ['kept'] });
    log.addEvaluation(id, evaluation({ testScales: [64], top1Error: 7 }));
    log.close();
    restore();
    const again = openLog(home);
    again.annotate(id, { name: 'y' });
    expect(again.folder(id).readRecord()).toMatchObject({ name: 'y', notes: 'note 29', tags: ['kept'] });
    expect(again.runs.get(id)).toMatchObject({ name: 'y', notes: 'note 29', tags: ['kept'] });
    expect(again.evaluations.of(id).map(({ top1Error }) => top1Error)).toEqual([12.25, 7]);
  });

  it('is brought up to them after opening', async () => {
    const { home, id, restore } = withOldDatabase();
    const log = openLog(home);
    log.annotate(id, { notes: 'note 29' });
    log.close();
    restore();
    const again = openLog(home);
    await again.catchUp();
    expect(again.runs.get(id).notes).toBe('note 29');
    expect(again.rebuilt.failed).toEqual([]);
  });

  it('reads of the metrics only what came later, unless the file is another', async () => {
    const log = openLog();
    const { id } = log.create({ config: config() });
    const lines = (...steps: number[]) => steps.map((step) => `${step},0,${step},loss,0.5\n`).join('');
    const header = 'step,epoch,seconds,name,value\n';
    const write = (text: string) => {
      writeFileSync(log.folder(id).metrics, header + text);
    };
    const values = () => log.metrics.read(id)[0]?.values;
    write(lines(1, 2, 3));
    await log.reconcile(id);
    // A value of the part that is indexed already: it is not read again.
    write(lines(1, 2, 3, 4).replace('0.5', '0.9'));
    await log.reconcile(id);
    expect(values()).toEqual([0.5, 0.5, 0.5, 0.5]);
    // The last metric that is indexed is another one.
    write(lines(1, 2, 3, 5, 6).replace('0.5', '0.9'));
    await log.reconcile(id);
    expect(values()).toEqual([0.9, 0.5, 0.5, 0.5, 0.5]);
    write(lines(1).replace('0.5', '0.9'));
    await log.reconcile(id);
    expect(values()).toEqual([0.9]);
  });

  it('tells a line that is no metric, and keeps what comes before', async () => {
    const home = temporaryFolder();
    const log = openLog(home);
    const { id } = aRun(log);
    log.runs.remove(id);
    const { metrics, path } = log.folder(id);
    const whole = Array.from({ length: 50_000 }, (_, step) => `${step},0,${step},loss,0.5\n`).join('');
    writeFileSync(metrics, `step,epoch,seconds,name,value\n${whole}oops\n`);
    log.close();
    const again = openLog(home);
    await again.catchUp();
    expect(again.rebuilt.failed).toMatchObject([{ path, error: { code: 'metrics-unreadable' } }]);
    expect(again.metrics.summaries(id)[0]?.points).toBeGreaterThan(30_000);
    expect(again.runs.get(id).status).toBe('finished');
  });
});
