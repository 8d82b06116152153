import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StartTrainer } from '../../../src-main/supervisor/TrainerLink.ts';
import { quickAt56, quickRunAt56 } from '../../support/quickPreset.ts';
import { netsOf } from '../../../src-main/vocabulary/paperTables.ts';
import { localClient } from '../../../src-main/workbench/api.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';

const noTrainer: StartTrainer = () => {
  throw new Error('Nothing is trained here.');
};

let home: string;
let workbench: Workbench;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tables-'));
  workbench = new Workbench({ home, startTrainer: noTrainer, host: plainHost('command line') });
});
afterEach(async () => {
  await workbench.close();
  rmSync(home, { recursive: true });
});

/** A study in which one net was run, and evaluated at 64 alone and at 56, 64 and 72. */
async function studyWithNetD() {
  const client = localClient(workbench);
  const { log } = workbench;
  const { id } = await client.studies.create({ preset: 'quick', overrides: quickAt56 });
  const planned = quickRunAt56('D@256#1');
  const run = log.create({ config: planned.config });
  log.studies.putRun(id, { key: planned.key, runId: run.id, seed: 1 });
  log.setDataset(run.id, {
    name: 'fashion-mnist',
    fingerprint: 'f',
    valFingerprint: 'v',
    classes: 10,
    trainImages: 3000,
    valImages: 1000,
    skippedImages: 0,
  });
  for (const [testScales, top1Error] of [
    [[64], 21.5],
    [[56, 64, 72], 20.25],
  ] as const) {
    log.addEvaluation(run.id, {
      protocol: 'dense',
      average: 'before-softmax',
      horizontalFlip: true,
      checkpoint: 'best',
      step: 10,
      trainScale: 64,
      testScales: [...testScales],
      dataset: 'fashion-mnist',
      datasetFingerprint: 'v',
      split: 'val',
      images: 1000,
      top1Error,
      top5Error: 1,
      seconds: 1,
      createdAt: new Date().toISOString(),
    });
  }
  return { client, id, runId: run.id };
}

describe('tables of a study', () => {
  it('fill the rows that were run and leave the others empty', async () => {
    const { client, id } = await studyWithNetD();
    for (const [table, rows, error] of [
      [3, 12, 21.5],
      [4, 10, 20.25],
    ] as const) {
      const result = await client.tables.get({ study: id, table });
      expect(result.rows).toHaveLength(rows);
      const filled = result.rows.filter((row) => row.result !== null);
      expect(filled.map(({ paper, result: ours }) => [netsOf(paper).join(), ours?.top1Error])).toEqual([
        ['D', error],
      ]);
      expect(result.notes.join()).toContain('not ILSVRC');
    }
  });

  it('leave out what the same run was scored on other images', async () => {
    const { client, id, runId } = await studyWithNetD();
    const { log } = workbench;
    const [own] = log.evaluations.of(runId).filter(({ testScales }) => testScales.length === 1);
    if (!own) throw new Error('The run was evaluated.');
    log.addEvaluation(runId, { ...own, datasetFingerprint: 'other images', top1Error: 99 });
    const { rows } = await client.tables.get({ study: id, table: 3 });
    expect(rows.flatMap(({ result }) => result?.top1Error ?? [])).toEqual([21.5]);
  });

  it('are of ILSVRC only if all of its images were there', async () => {
    const { client, id, runId } = await studyWithNetD();
    const notes = async (trainImages: number) => {
      workbench.log.setDataset(runId, {
        name: 'imagenet',
        fingerprint: 'f',
        valFingerprint: 'v',
        classes: 1000,
        trainImages,
        valImages: 50_000,
        skippedImages: 0,
      });
      return (await client.tables.get({ study: id, table: 3 })).notes.join();
    };
    expect(await notes(1_281_167)).not.toContain('not ILSVRC');
    expect(await notes(1_281_166)).toContain('not ILSVRC');
  });

  it('name what the study changed from its preset', async () => {
    const { client } = await studyWithNetD();
    const { id } = await client.studies.create({ preset: 'quick', overrides: ['training.epochs=1'] });
    const { notes } = await client.tables.get({ study: id, table: 3 });
    expect(notes).toContain('changed from preset quick: training.epochs=1');
  });

  it('begin with the columns that programs read', async () => {
    const { client, id } = await studyWithNetD();
    const csv = await client.tables.render({ study: id, table: 3, format: 'csv' });
    const lines = csv.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^config,train_scale,test_scale,top1_error,top5_error,paper_top1_error,paper_top5_error,/,
    );
    expect(lines.find((line) => line.startsWith('D,64,'))).toMatch(/^D,64,64,21\.5,1,27\.0,8\.8,/);
    expect(lines.find((line) => line.startsWith('E,64,'))).toMatch(/^E,64,64,,,27\.3,9\.0,/);
  });

  it('find the study of the same settings again, and make a new one if asked', async () => {
    const { client, id } = await studyWithNetD();
    const again = { preset: 'quick', overrides: quickAt56 };
    expect(await client.studies.create(again)).toEqual({ id, known: true });
    const fresh = await client.studies.create({ preset: 'quick', fresh: true });
    expect(fresh.known).toBe(false);
    const other = await client.studies.create({ preset: 'quick', overrides: ['training.epochs=1'] });
    expect(other.known).toBe(false);
    const seeds = await client.studies.create({ preset: 'quick', seeds: [1, 2, 2] });
    expect(seeds.known).toBe(false);
    expect(await client.studies.create({ preset: 'quick', seeds: [1, 2] })).toEqual({
      ...seeds,
      known: true,
    });
  });

  it('find the study again where a version says something else of its preset', async () => {
    const { client } = await studyWithNetD();
    const preset = join(home, 'mine.yaml');
    const write = (description: string) => {
      writeFileSync(preset, `description: ${description}\nbase: { data: { dataset: fashion-mnist } }\n`);
    };
    write('in an hour');
    const first = await client.studies.create({ preset });
    write('in two hours');
    expect(await client.studies.create({ preset })).toEqual({ ...first, known: true });
  });
});

it('reads which images were right only of evaluations that the table shows', async () => {
  const { client, id } = await studyWithNetD();
  const read = vi.spyOn(workbench.outcomes, 'of');
  // Table 3 has one scale, Table 4 several.
  await client.tables.get({ study: id, table: 3 });
  expect(read.mock.calls.map(([, , , { testScales }]) => testScales)).toEqual([[64]]);
});
