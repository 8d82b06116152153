import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openDataset } from '../../../src-main/data/openDataset.ts';
import { Place, smallNet } from './support.ts';

const runSchema = z.object({
  run: z.object({ dataset: z.object({ name: z.string(), valImages: z.number() }) }),
});

/** Ten classes of six photographs, with neither train/ nor val/. */
async function photos(place: Place): Promise<string> {
  const folder = join(place.folder, 'photos');
  renameSync(join(await place.dataset({ train: 6, val: 0 }), 'train'), folder);
  return folder;
}

async function trained(place: Place, data: string, seed: number, splitSeed: number): Promise<string> {
  const seeds = ['--seed', String(seed), '--split-seed', String(splitSeed)];
  const answer = await place.answer(
    ...['train', ...smallNet, '--data', data, '--batch', '10', '--epochs', '1', ...seeds],
  );
  return z.object({ run: z.string() }).parse(answer).run;
}

/** The images that a run's kept predictions are of. */
function predicted(place: Place, run: string): string[] {
  const folder = place.runFile(run, 'predictions');
  const [file] = readdirSync(folder);
  const rows = parse<Record<string, string>>(readFileSync(join(folder, file ?? ''), 'utf8'), {
    columns: true,
  });
  return rows.map(({ image }) => image ?? '').sort();
}

test('a folder of classes is trained on by its own split, which stays that of the run', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await photos(place);
  const first = await trained(place, data, 1, 2);
  const name = 'photos (own split, 20 %, seed 2)';
  const { run } = runSchema.parse(await place.answer('runs', 'show', first));
  expect(run.dataset).toMatchObject({ name, valImages: 10 });
  const { val } = await openDataset(data, { validationShare: null, splitSeed: 2 });
  expect(predicted(place, first)).toEqual(val.map((sample) => sample.name).sort());

  // It goes on, is scored again and is fused with another of the same split by those images.
  await place.answer('resume', first, '--epochs', '2');
  const scored = await place.run('evaluate', first, '--protocol', 'multi-crop');
  expect(scored.stdout + scored.stderr).toContain(`10 images of ${name}`);
  const second = await trained(place, data, 2, 2);
  const fused = z.object({ fused: z.object({ dataset: z.string(), images: z.number() }) });
  expect(fused.parse(await place.answer('fuse', first, second)).fused).toEqual(
    expect.objectContaining({ dataset: name, images: 10 }),
  );

  // Another split is other images, whatever the folder.
  const third = await trained(place, data, 1, 3);
  const refused = await place.run('fuse', first, third);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toMatch(/images/);
});

test('data check tells the split', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await photos(place);
  const { stdout } = await place.run('data', 'check', data, '--validation-share', '0.5', '--split-seed', '4');
  expect(stdout).toContain(
    'photos (own split, 50 %, seed 4): 30 training and 30 validation images of 10 classes',
  );
  expect(stdout).toContain('own-split');
});
