import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { posteriorsPath, writeKeptPosteriors } from '../../../src-main/runs/folder/keptPosteriors.ts';
import { resourcesFolder } from '../../../src-main/foundation/project.ts';
import {
  predictionsKey,
  predictionsPath,
  writePredictions,
} from '../../../src-main/runs/folder/predictionsFile.ts';
import { resolveRunConfig } from '../../../src-main/configuration/resolve.ts';
import type { Protocol } from '../../../src-main/vocabulary/protocols.ts';
import { localClient, type WorkbenchClient } from '../../../src-main/workbench/api.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';
import { loadPreset } from '../../../src-main/studies/preset.ts';
import { aStudy as studyOf } from '../../support/aStudy.ts';
import { quickAt56, quickRunAt56 } from '../../support/quickPreset.ts';

const images = 200;
let home: string;
let workbench: Workbench;
let client: WorkbenchClient;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'claims-'));
  workbench = new Workbench({
    home,
    startTrainer: () => {
      throw new Error('Nothing is trained here.');
    },
    host: plainHost('command line'),
  });
  client = localClient(workbench);
});
afterEach(async () => {
  await workbench.close();
  rmSync(home, { recursive: true });
});

interface Scored {
  /** `D@256#1` */
  key: string;
  /** Number of images that are wrong, from which one on. */
  wrong: number;
  from?: number;
  fingerprint?: string;
  protocol?: Protocol;
  testScales?: number[];
}

/** A run of a study's plan with an evaluation, of which predictions and posteriors are kept. */
function scored(
  study: string,
  { key, wrong, from = 0, fingerprint = 'v', protocol = 'dense', testScales }: Scored,
): string {
  const { log } = workbench;
  const planned = quickRunAt56(key);
  const known = log.studies.runsOf(study).find((run) => run.key === key)?.runId;
  const id = known ?? log.create({ config: planned.config, name: key }).id;
  log.studies.putRun(study, { key, runId: id, seed: 1 });
  const facts = { name: 'animals', fingerprint: 'f', valFingerprint: fingerprint, classes: 2 };
  log.setDataset(id, { ...facts, trainImages: 30, valImages: images, skippedImages: 0 });
  const evaluation = {
    ...{ protocol, average: 'before-softmax', horizontalFlip: true, checkpoint: 'best', step: 10 },
    trainScale: planned.config.data.trainScale,
    testScales: testScales ?? planned.config.evaluation.testScales,
    ...{ dataset: 'animals', datasetFingerprint: fingerprint, split: 'val', images },
    ...{ top1Error: (100 * wrong) / images, top5Error: 0, seconds: 1, createdAt: new Date().toISOString() },
  } satisfies Parameters<typeof log.addEvaluation>[1];
  log.addEvaluation(id, evaluation);
  const isWrong = (image: number) => image >= from && image < from + wrong;
  const names = Array.from({ length: images }, (_, image) => `cat/${image}.png`);
  writePredictions(
    predictionsPath(log.folder(id), predictionsKey(evaluation)),
    names.map((name, image) => ({
      ...{ name, label: 0, posterior: isWrong(image) ? 0.2 : 0.9 },
      top: isWrong(image) ? [{ label: 1, posterior: 0.8 }] : [{ label: 0, posterior: 0.9 }],
    })),
  );
  const posteriors = names.flatMap((_, image) => (isWrong(image) ? [0.2, 0.8] : [0.9, 0.1]));
  writeKeptPosteriors(
    posteriorsPath(log.folder(id), predictionsKey(evaluation)),
    Float32Array.from(posteriors),
    { fingerprint, dataset: 'animals', classes: ['cat', 'dog'], images: names, labels: names.map(() => 0) },
  );
  return id;
}

async function aStudy(preset = 'quick', overrides: readonly string[] = []): Promise<string> {
  return (await client.studies.create({ preset, overrides: [...quickAt56, ...overrides] })).id;
}

async function claimOf(id: string, request: Parameters<WorkbenchClient['claims']['list']>[0] = {}) {
  const { claims } = await client.claims.list(request);
  const claim = claims.find((one) => one.id === id);
  if (!claim) throw new Error(`There is a claim ${id}.`);
  return claim;
}

it('without any study counts what can be counted, and says what would run the rest', async () => {
  const { study, claims, tested } = await client.claims.list({});
  expect({ study, tested }).toEqual({ study: null, tested: 0 });
  expect(claims.find(({ id }) => id === 'stack-weights')?.verdict).toBe('holds');
  expect(await claimOf('context-matters-256')).toMatchObject({
    verdict: 'not-run',
    missing: { trainings: ['D@256', 'C@256'], command: 'npm run reproduce' },
  });
  expect(await claimOf('small-filters-beat-large')).toMatchObject({
    missing: { command: 'npm run -s vgg -- study width-depth' },
  });
});

it('pairs what the runs of a study have kept, image by image', async () => {
  const study = await aStudy();
  scored(study, { key: 'D@256#1', wrong: 20 });
  const c = scored(study, { key: 'C@256#1', wrong: 60 });
  const claim = await claimOf('context-matters-256', { study });
  expect(claim).toMatchObject({
    verdict: 'holds',
    effect: -20,
    images,
    seeds: 1,
    paperEffect: -1.1,
    missing: null,
    sides: [
      {
        label: 'D, S 256, Q 256',
        net: 'D',
        table: 3,
        error: 10,
        paper: 27,
        runs: [{ key: 'D@256#1', seed: 1 }],
      },
      { error: 30, runs: [{ id: c }] },
    ],
  });
  // By SciPy: binomtest(0, 40).pvalue.
  expect(claim.pValue).toBeCloseTo(1.8189894035458565e-12, 20);
  const other = await claimOf('context-matters-384', { study });
  expect(other.missing?.trainings).toEqual(['D@384#1', 'C@384#1']);
  expect(other.missing?.command).toContain(`--study ${study}`);
});

it('judges the study that tells most, and names a newer one that tells less yet', async () => {
  const whole = await aStudy();
  scored(whole, { key: 'D@256#1', wrong: 20 });
  scored(whole, { key: 'C@256#1', wrong: 60 });
  const newer = await aStudy('quick', ['training.epochs=1']);
  scored(newer, { key: 'D@256#1', wrong: 30 });
  expect(await client.claims.list({})).toMatchObject({ study: whole, passedOver: [newer], tested: 1 });
  expect(await client.claims.list({ study: newer })).toMatchObject({
    study: newer,
    passedOver: [],
    tested: 0,
  });
  // Of two that tell as much it is the newer.
  scored(newer, { key: 'C@256#1', wrong: 50 });
  expect(await client.claims.list({})).toMatchObject({ study: newer, passedOver: [], tested: 1 });
});

it('takes runs that are named, and finds their place by net and S', async () => {
  const study = await aStudy();
  const runs = [scored(study, { key: 'D@256#1', wrong: 60 }), scored(study, { key: 'C@256#1', wrong: 20 })];
  const judged = await client.claims.list({ runs });
  expect(judged).toMatchObject({ study: null, tested: 1 });
  expect(await claimOf('context-matters-256', { runs })).toMatchObject({
    verdict: 'contradicted',
    effect: 20,
  });
  await expect(client.claims.list({ runs: ['nothing'] })).rejects.toMatchObject({ code: 'run-not-found' });
});

it('does not compare evaluations of other images', async () => {
  const study = await aStudy();
  const d = scored(study, { key: 'D@256#1', wrong: 20 });
  const c = scored(study, { key: 'C@256#1', wrong: 60, fingerprint: 'other' });
  expect(await claimOf('context-matters-256', { study })).toMatchObject({
    verdict: 'not-comparable',
    effect: null,
  });
  await expect(client.claims.compare({ first: d, second: c })).rejects.toMatchObject({
    code: 'claims-other-images',
  });
});

it('takes damaged predictions as missing, and says which', async () => {
  const study = await aStudy();
  const d = scored(study, { key: 'D@256#1', wrong: 20 });
  scored(study, { key: 'C@256#1', wrong: 60 });
  const { predictions } = workbench.log.folder(d);
  const [file = ''] = readdirSync(predictions);
  const path = join(predictions, file);
  // One image more is wrong than the evaluation says.
  writeFileSync(path, readFileSync(path, 'utf8').replace('cat/30.png,0,0.9,0,', 'cat/30.png,0,0.9,1,'));
  const claim = await claimOf('context-matters-256', { study });
  expect(claim.verdict).toBe('not-run');
  expect(claim.missing?.evaluations).toEqual([expect.stringContaining('gives 21 of 200 images wrong')]);
});

it('judges the mean posterior of D and E against either', async () => {
  const study = await aStudy();
  const both = { protocol: 'multi-crop+dense' as const, testScales: [64, 96, 128] };
  // Each is wrong where the other is right, and less sure of it.
  scored(study, { key: 'D@256-512#1', wrong: 40, ...both });
  scored(study, { key: 'E@256-512#1', wrong: 40, from: 100, ...both });
  const claim = await claimOf('fusion-beats-D', { study });
  expect(claim).toMatchObject({
    verdict: 'holds',
    effect: -20,
    sides: [{ net: 'D+E', error: 0 }, { error: 20 }],
  });
  expect(claim.sides[0]?.runs.map(({ key }) => key)).toEqual(['D@256-512#1', 'E@256-512#1']);
});

it('compares two runs', async () => {
  const study = await aStudy();
  const first = scored(study, { key: 'D@256#1', wrong: 20 });
  const second = scored(study, { key: 'C@256#1', wrong: 20, from: 10 });
  const compared = await client.claims.compare({ first, second });
  expect(compared).toMatchObject({
    difference: 0,
    onlyFirstRight: 10,
    onlySecondRight: 10,
    pValue: 1,
    images,
  });
  const key = 'dense_Q64_before-softmax_flip_best_step10_v';
  expect(await client.claims.compare({ first, second, evaluation: key })).toEqual(compared);
  await expect(
    client.claims.compare({ first, second, evaluation: 'multi-crop_Q64_before-softmax_flip_best_step10_v' }),
  ).rejects.toMatchObject({ code: 'predictions-missing' });
});

it("judges a person's own claim with the others, and writes all as tables", async () => {
  const study = await aStudy();
  const better = scored(study, { key: 'D@256#1', wrong: 20 });
  const worse = scored(study, { key: 'C@256#1', wrong: 60 });
  const { path } = await client.claims.save({ name: 'mine', better: better.slice(-4), worse });
  expect(await claimOf('mine', { study })).toMatchObject({
    verdict: 'holds',
    effect: -20,
    sides: [{ run: better }, { run: worse }],
  });
  const { claims } = await client.claims.list({ file: path });
  expect(claims.map(({ id }) => id)).toEqual(['mine']);
  const csv = await client.claims.render({ file: path, format: 'csv' });
  expect(csv.split('\n')[1]).toMatch(/^mine,own,.*,less,holds,-20,/);
  const markdown = await client.claims.render({ file: path, format: 'markdown' });
  expect(markdown).toContain('| own |');
  const latex = await client.claims.render({ file: path, format: 'latex' });
  expect(latex).toContain('\\toprule');
  expect(await client.claims.renderAll({ file: path })).toEqual({
    ...(await client.claims.list({ file: path })),
    texts: { csv, markdown, latex },
  });
  // As the paper's tables are written.
  const options = { decimals: 0, columns: ['effect'] } as const;
  const writing = { ...options, columns: [...options.columns] };
  const short = await client.claims.render({ file: path, format: 'csv', options: writing });
  expect(short.split('\n')[0]).toBe(
    'id,section,title,kind,verdict,effect,p_value,p_adjusted,images,margin,first,second,first_error,second_error',
  );
  expect(short.split('\n')[1]).toMatch(/^mine,own,.*,less,holds,-20,.*,10,30$/);
  const table = await client.claims.render({ file: path, format: 'markdown', options: writing });
  expect(table).toContain('| Section | Claim | Verdict | Effect |');
  expect(table).toContain('| −20 |');
  expect(table).not.toContain('95 %');
});

it('writes a study as a report, on request without what tells who made it', async () => {
  const study = await aStudy();
  const d = scored(study, { key: 'D@256#1', wrong: 20 });
  scored(study, { key: 'C@256#1', wrong: 60 });
  const named = await client.reports.render({ study });
  for (const text of [study, d, 'animals', 'Table 3', 'Spatial context matters', 'training.learningRate'])
    expect(named).toContain(text);
  const anonymous = await client.reports.render({ study, anonymous: true });
  for (const text of [study, d, 'animals', home]) expect(anonymous).not.toContain(text);
  for (const text of ['own images', 'Table 3', 'D@256#1']) expect(anonymous).toContain(text);
});

it("an anonymous report names neither a preset of one's own nor where anything lies", async () => {
  // As savePreset writes one: its name is a bare word, which may be a person's.
  mkdirSync(join(home, 'presets'));
  const shipped = readFileSync(join(resourcesFolder, 'presets', 'quick.yaml'), 'utf8');
  writeFileSync(join(home, 'presets', 'lovelace.yaml'), shipped);
  const study = await aStudy('lovelace', [
    'data.classList=/rooms/turing/a.txt',
    'data={classList: /hopper/b.txt}',
  ]);
  scored(study, { key: 'D@256#1', wrong: 20 });
  const named = await client.reports.render({ study });
  for (const text of ['lovelace', 'turing', 'hopper']) expect(named).toContain(text);
  const anonymous = await client.reports.render({ study, anonymous: true });
  for (const text of ['lovelace', 'turing', 'hopper']) expect(anonymous).not.toContain(text);
  for (const text of ['own preset', 'data.classList=withheld']) expect(anonymous).toContain(text);
});

it('calls images synthetic in a report and in its tables, anonymous or not', async () => {
  const dataset = 'fashion-scenes';
  const definition = { preset: loadPreset('quick'), dataset, overrides: [] };
  const { id: study } = studyOf();
  workbench.log.studies.put(studyOf({ dataset, definition }));
  for (const anonymous of [false, true]) {
    const page = await client.reports.render({ study, anonymous });
    expect(page).toContain('fashion-scenes (synthetic)');
    expect(page).not.toMatch(/fashion-scenes(?! \(synthetic\))/);
  }
  const { context } = await client.tables.get({ study, table: 3 });
  expect(context.dataset).toBe('fashion-scenes (synthetic)');
  workbench.log.create({ config: resolveRunConfig({ overrides: [`data.dataset=${dataset}`] }) });
  const list = await client.runs.list({});
  expect(list.map((run) => run.dataset)).toEqual(['fashion-scenes (synthetic)']);
});

it('reports a study of which nothing was run', async () => {
  const page = await client.reports.render({ study: await aStudy() });
  expect(page).toContain('No claim was measured.');
});
