import { cpSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runConfigSchema } from '../../../src-main/configuration/schema.ts';
import { fingerprintOf } from '../../../src-main/data/fingerprint.ts';
import { openDataset } from '../../../src-main/data/openDataset.ts';
import { prepareDataset } from '../../../src-main/data/prepareDataset.ts';
import { RunLog } from '../../../src-main/runs/RunLog.ts';
import { moveImages, moveStudyImages } from '../../../src-main/workbench/inputs/movedImages.ts';
import { aStudy } from '../../support/aStudy.ts';
import { jpegFile, temporaryFolder, writeFiles } from '../../data/imageFiles.ts';

/** A run that was trained on images in `old`, as its log tells. */
async function runOnImages() {
  const folder = temporaryFolder();
  const old = join(folder, 'old');
  writeFiles(old, { 'train/a/1.jpg': await jpegFile(40, 30), 'val/a/1.jpg': await jpegFile(40, 30, 2) });
  const { dataset } = await prepareDataset(await openDataset(old));
  const fingerprint = fingerprintOf(dataset);
  const counts = { classes: 1, trainImages: 1, valImages: 1, skippedImages: 0 };
  const log = new RunLog(join(folder, 'home'));
  onTestFinished(() => {
    log.close();
  });
  const run = log.create({
    config: runConfigSchema.parse({ data: { dataset: old } }),
    dataset: { name: 'old', fingerprint, valFingerprint: '', ...counts },
  });
  const locations = () => [log.runs.get(run.id), { config: log.folder(run.id).readConfig() }];
  return { log, run, folder, old, located: () => locations().map(({ config }) => config.data.dataset) };
}

it('follows the images of a run to where they were moved', async () => {
  const { log, run, folder, old, located } = await runOnImages();
  const now = join(folder, 'now');
  renameSync(old, now);
  await moveImages(log, run, now, {});
  expect(located()).toEqual([now, now]);
});

it('refuses other images, even one among them, and leaves the run where it was', async () => {
  const { log, run, folder, old, located } = await runOnImages();
  const other = join(folder, 'other');
  cpSync(old, other, { recursive: true });
  writeFileSync(join(other, 'train/a/1.jpg'), await jpegFile(40, 30, 3));
  await expect(moveImages(log, run, other, {})).rejects.toMatchObject({ code: 'dataset-changed' });
  expect(located()).toEqual([old, old]);
});

describe('the images of a study', () => {
  async function studyOnImages() {
    const { log, run, ...rest } = await runOnImages();
    const study = aStudy({ dataset: rest.old, definition: { dataset: rest.old } });
    log.studies.put(study);
    log.studies.putRun(study.id, { key: 'D@256#1', runId: run.id, seed: 1 });
    const located = () => {
      const { dataset, definition } = log.studies.get(study.id);
      return [dataset, definition.dataset, ...rest.located()];
    };
    return { ...rest, log, id: study.id, located };
  }

  it('are followed to where they were moved, in its runs as well', async () => {
    const { log, id, folder, old, located } = await studyOnImages();
    const now = join(folder, 'now');
    renameSync(old, now);
    await moveStudyImages(log, id, now, {});
    expect(located()).toEqual([now, now, now, now]);
  });

  it('are not exchanged for others, nor while it is under way', async () => {
    const { log, id, folder, old, located } = await studyOnImages();
    const other = join(folder, 'other');
    cpSync(old, other, { recursive: true });
    writeFileSync(join(other, 'val/a/1.jpg'), await jpegFile(40, 30, 3));
    await expect(moveStudyImages(log, id, other, {})).rejects.toMatchObject({ code: 'dataset-changed' });
    expect(located()).toEqual([old, old, old, old]);
    log.studies.claim(id);
    await expect(moveStudyImages(log, id, old, {})).rejects.toMatchObject({ code: 'study-busy' });
  });
});
