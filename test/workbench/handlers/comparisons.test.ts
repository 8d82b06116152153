import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  predictionsKey,
  predictionsPath,
  writePredictions,
} from '../../../src-main/runs/folder/predictionsFile.ts';
import { planComparison } from '../../../src-main/studies/comparison/planComparison.ts';
import { readComparison } from '../../../src-main/studies/comparison/readComparison.ts';
import { localClient, type WorkbenchClient } from '../../../src-main/workbench/api.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';
import { evaluation } from '../../runs/fixtures.ts';
import { quickPreset } from '../../support/quickPreset.ts';

const images = 1000;
let home: string;
let workbench: Workbench;
let client: WorkbenchClient;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'comparisons-'));
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

const plan = planComparison(readComparison('width-depth', 'quick'), quickPreset, 'animals', []);

/** Scores a run of the study on images of which some are wrong; their predictions are kept, unless the options say otherwise. */
function score(study: string, key: string, isWrong: (image: number) => boolean, isKept = true): void {
  const { log } = workbench;
  const planned = plan.find((run) => run.key === key);
  if (!planned) throw new Error(`The comparison trains ${key}.`);
  const { id } = log.create({ config: planned.config, name: key });
  log.studies.putRun(study, { key, runId: id, seed: 1 });
  const facts = { name: 'animals', fingerprint: 'f', valFingerprint: 'v1', classes: 2, skippedImages: 0 };
  log.setDataset(id, { ...facts, trainImages: 30, valImages: images });
  const all = Array.from({ length: images }, (_, image) => image);
  const { protocol, testScales, average, horizontalFlip, checkpoint } = planned.config.evaluation;
  const own = { protocol, testScales, average, horizontalFlip, checkpoint, dataset: 'animals', images };
  const top1Error = (100 * all.filter(isWrong).length) / images;
  const scored = evaluation({ ...own, datasetFingerprint: 'v1', top1Error });
  log.addEvaluation(id, scored);
  if (!isKept) return;
  writePredictions(
    predictionsPath(log.folder(id), predictionsKey(scored)),
    all.map((image) => ({
      ...{ name: `cat/${image}.png`, label: 0, posterior: isWrong(image) ? 0.2 : 0.8 },
      top: [{ label: isWrong(image) ? 1 : 0, posterior: 0.8 }],
    })),
  );
}

it('pairs runs by the predictions that they have kept, and writes what is asked for', async () => {
  const { id } = await client.studies.create({ preset: 'quick', comparison: 'width-depth' });
  score(id, 'B#1', (image) => image < 97);
  score(id, 'B-5x5#1', (image) => image >= images - 120);
  score(id, 'D#1', (image) => image < 50);
  score(id, 'D-7x7#1', (image) => image < 60, false);
  const { groups } = await client.comparisons.get({ study: id });
  // 97 images are right by B-5x5 alone, 120 by B alone: by statsmodels, see test/statistics/writeReference.py.
  const effect = groups[0]?.rows[1]?.effect;
  expect(effect?.pValue).toBeCloseTo(0.1351331413817357, 9);
  expect(effect).toMatchObject({ images, seeds: 1, missing: null, beyondChance: false });
  expect(effect?.points).toBeCloseTo(2.3, 9);
  expect(groups[1]?.rows[1]?.effect).toMatchObject({
    low: null,
    missing: 'the predictions of D, one 7×7 in place of three 3×3, seed 1, are not kept',
  });
  const text = await client.comparisons.render({
    study: id,
    format: 'csv',
    options: { columns: ['top1', 'effect'], onlyRun: true },
  });
  const lines = text.trim().split('\n');
  expect(lines[0]).toContain('label,top1,top1_deviation,effect,effect_low,');
  // B and B-5x5, D and D-7x7, and D again beside C, which was not run.
  expect(lines).toHaveLength(1 + 5);
});
