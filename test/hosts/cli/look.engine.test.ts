import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { unitsOf } from '../../../src-main/hosts/cli/look/units.ts';
import { errorLineSchema, Place, smallNet } from './support.ts';

const files = z.object({ overlay: z.string(), map: z.string(), values: z.string() });
const classMap = z.object({
  checkpoint: z.string(),
  class: z.string(),
  height: z.number(),
  width: z.number(),
  files,
});
const made = z.object({ images: z.array(z.object({ unit: z.number(), file: z.string() })) });
const found = z.object({
  found: z.array(z.object({ name: z.string(), value: z.number(), file: z.string() })),
});

const sideOf = async (file: string) => (await sharp(file).metadata()).width;

test('look writes pictures and values of what a run sees, at each of its checkpoints', async () => {
  const place = await Place.make({ trainers: 'here' });
  await place.dataset({ train: 2, val: 2 });
  const training = ['--data', 'images', '--batch', '10', '--epochs', '2', 'training.keepEpochs=1'];
  const { run } = z.object({ run: z.string() }).parse(await place.answer('train', ...smallNet, ...training));
  const out = ['--out', 'pictures'];

  const image = ['--image', 'class3/val1.png', '--class', 'class4'];
  const cams = await place.run('look', 'grad-cam', run, ...image, ...out, '--checkpoint', 'all', '--json');
  expect(cams.code, cams.stderr).toBe(0);
  const maps = cams.stdout
    .trimEnd()
    .split('\n')
    .map((line) => classMap.parse(JSON.parse(line)));
  expect(maps.map(({ checkpoint }) => checkpoint)).toEqual(['best', 'last', 'epoch-0001', 'epoch-0002']);
  for (const map of maps) {
    expect(map.class).toBe('class4');
    expect(await sideOf(map.files.overlay)).toBe(32);
    const rows: string[][] = parse(readFileSync(map.files.values, 'utf8'));
    expect([rows.length, rows[0]?.length]).toEqual([map.height, map.width]);
  }

  const file = ['--image', join(place.folder, 'images', 'val', 'class0', 'val0.png')];
  const squares = ['--side', '16', '--stride', '8'];
  const occlusion = classMap.parse(await place.answer('look', 'occlusion', run, ...file, ...squares, ...out));
  expect(occlusion).toMatchObject({ height: 3, width: 3 });
  expect(existsSync(occlusion.files.map)).toBe(true);

  const units = ['--layer', 'conv2_1', '--units', '0-1', ...out];
  const climbed = made.parse(await place.answer('look', 'filters', run, ...units, '--steps', '3'));
  expect(climbed.images.map(({ unit }) => unit)).toEqual([0, 1]);
  expect(await sideOf(climbed.images[1]?.file ?? '')).toBe(32);

  const top = await place.run('look', 'top-images', run, ...units, '--count', '3', '--json');
  expect(top.code, top.stderr).toBe(0);
  const lines = top.stdout
    .trimEnd()
    .split('\n')
    .map((line) => found.parse(JSON.parse(line)));
  expect(lines).toHaveLength(2);
  for (const { found: images } of lines) {
    const values = images.map(({ value }) => value);
    expect(values).toEqual(values.toSorted((one, other) => other - one));
    for (const each of images) expect(existsSync(each.file)).toBe(true);
  }

  const wrong = await place.run('look', 'grad-cam', run, '--image', 'class3/none.png', '--json');
  expect(wrong.code).toBe(2);
  expect(errorLineSchema.parse(JSON.parse(wrong.stdout)).error.code).toBe('image-unknown');
});

test('units are numbers and ranges of them', () => {
  expect(unitsOf('0-2,7')).toEqual([0, 1, 2, 7]);
  for (const wrong of ['', '3-1', '-1', 'a', '1,']) expect(() => unitsOf(wrong)).toThrow('names no units');
  expect(() => unitsOf('0-99999999999')).toThrow('names more units than any layer has');
});
