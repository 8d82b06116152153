import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { posteriorsPath, writeKeptPosteriors } from '../../../src-main/runs/folder/keptPosteriors.ts';
import { predictionsKey } from '../../../src-main/runs/folder/predictionsFile.ts';
import { readStudy } from '../../../src-main/runs/folder/studyFile.ts';
import { quickAt56, quickRunAt56 } from '../../support/quickPreset.ts';
import type { Protocol } from '../../../src-main/vocabulary/protocols.ts';
import { localClient } from '../../../src-main/workbench/api.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';

let home: string;
let workbench: Workbench;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'fusion-'));
  workbench = new Workbench({
    home,
    startTrainer: () => {
      throw new Error('Nothing is trained here.');
    },
    host: plainHost('command line'),
  });
});
afterEach(async () => {
  await workbench.close();
  rmSync(home, { recursive: true });
});

const set = {
  fingerprint: 'v',
  dataset: 'animals',
  classes: ['cat', 'dog', 'eel'],
  images: ['cat/1.png', 'dog/1.png', 'eel/1.png', 'eel/2.png'],
  labels: [0, 1, 2, 2],
};
/** One alone errs in half of the images, as does the other; their mean in a quarter. */
const posteriors = {
  D: [0.9, 0.1, 0, 0.2, 0.8, 0, 0.5, 0.1, 0.4, 0.75, 0, 0.25],
  E: [0.6, 0.4, 0, 0.7, 0.3, 0, 0.1, 0.2, 0.7, 0.25, 0.5, 0.25],
};

/** A net of the study that was scored at three scales, its posteriors kept. */
function scored(study: string, net: 'D' | 'E', protocol: Protocol): string {
  const { log } = workbench;
  const key = `${net}@256-512#1`;
  const planned = quickRunAt56(key);
  const { id } = log.create({ config: planned.config, name: key });
  log.studies.putRun(study, { key, runId: id, seed: 1 });
  const facts = { name: 'animals', fingerprint: 'f', valFingerprint: 'v', classes: 3 };
  log.setDataset(id, { ...facts, trainImages: 30, valImages: 4, skippedImages: 0 });
  const evaluation = {
    protocol,
    average: 'before-softmax',
    horizontalFlip: true,
    checkpoint: 'best',
    step: 10,
    trainScale: [64, 128],
    testScales: [64, 96, 128],
    dataset: 'animals',
    datasetFingerprint: 'v',
    split: 'val',
    images: 4,
    top1Error: 50,
    top5Error: 0,
    seconds: 1,
    createdAt: new Date().toISOString(),
  } satisfies Parameters<typeof log.addEvaluation>[1];
  log.addEvaluation(id, evaluation);
  const path = posteriorsPath(log.folder(id), predictionsKey(evaluation));
  writeKeptPosteriors(path, Float32Array.from(posteriors[net]), set);
  return id;
}

it('Table 6 is fused from what the nets of a study have kept', async () => {
  const client = localClient(workbench);
  const { id } = await client.studies.create({ preset: 'quick', overrides: quickAt56 });
  scored(id, 'D', 'dense');
  const before = await client.tables.get({ study: id, table: 6 });
  expect(before.rows.map(({ result }) => result)).toEqual([null, null, null]);
  const e = scored(id, 'E', 'dense');
  const { rows } = await client.tables.get({ study: id, table: 6 });
  expect(rows.map(({ result }) => result?.top1Error ?? null)).toEqual([25, null, null]);
  expect(rows[0]).toMatchObject({
    keys: ['D@256-512#1', 'E@256-512#1'],
    result: { images: 4, dataset: 'animals', seeds: [1] },
  });

  // Without the posteriors of one net there is nothing to average.
  rmSync(workbench.log.folder(e).posteriors, { recursive: true });
  const after = await client.tables.get({ study: id, table: 6 });
  expect(after.rows[0]?.result).toBeNull();
});

it('a study that is asked for more tables is the same study, and lacks what they need', async () => {
  const client = localClient(workbench);
  const { id } = await client.studies.create({ preset: 'quick' });
  expect((await client.studies.get({ id })).tables).toEqual([3, 4]);
  expect(await client.studies.create({ preset: 'quick', tables: [6, 3] })).toEqual({ id, known: true });
  expect((await client.studies.get({ id })).tables).toEqual([3, 4, 6]);
  await client.studies.addTables({ id, tables: [5, 6] });
  expect((await client.studies.get({ id })).tables).toEqual([3, 4, 5, 6]);
  // Asked for less, it does no less.
  await client.studies.create({ preset: 'quick', tables: [3] });
  expect((await client.studies.get({ id })).tables).toEqual([3, 4, 5, 6]);
  // The file from which the index can be made anew says the same.
  expect(readStudy(join(home, 'studies'), id).definition).toMatchObject({ tables: [3, 4, 5, 6] });
});

it('any runs are fused and exported; what is lacking is named', async () => {
  const client = localClient(workbench);
  const { id } = await client.studies.create({ preset: 'quick', overrides: quickAt56 });
  const runs = [scored(id, 'D', 'dense'), scored(id, 'E', 'dense')];
  const testScales = [64, 96, 128];
  const fusion = await client.fusion.get({ runs, testScales });
  expect(fusion.fused).toMatchObject({ top1Error: 25, images: 4, dataset: 'animals' });
  expect(fusion.nets.map(({ label, alone }) => [label, alone?.top1Error])).toEqual([
    ['D@256-512#1', 50],
    ['E@256-512#1', 50],
  ]);
  const protocol = 'dense, score map averaged before softmax, with flip, best checkpoint';
  const markdown = await client.fusion.render({ runs, testScales, format: 'markdown' });
  expect(markdown).toContain(`| mean posterior of 2 nets |  |  | 64,96,128 | ${protocol} | 25.00 | 0.00 |`);
  const latex = await client.fusion.render({ runs, testScales, format: 'latex' });
  expect(latex).toContain('D@256-512\\#1 & D & 64--128 & 64,96,128 &');
  const csv = await client.fusion.render({ runs, testScales, format: 'csv' });
  expect(csv.trimEnd().split('\n').at(-1)).toBe(
    `mean posterior,D+E,,"64,96,128","${protocol}",25,0,4,animals`,
  );

  const lacking = await client.fusion.get({ runs, protocol: 'multi-crop' });
  expect(lacking.fused).toBeNull();
  expect(lacking.nets.every(({ alone, hasPosteriors }) => alone === null && !hasPosteriors)).toBe(true);
  const [first = ''] = runs;
  await expect(client.fusion.get({ runs: [first, first] })).rejects.toMatchObject({ code: 'fusion-of-one' });
});
