import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { referenceFolder } from '../../support/golden.ts';
import { Place } from './support.ts';

const rowsSchema = z.array(z.record(z.string(), z.string()));
const images = join(referenceFolder, 'images');

test('weights that are given fill the rows of their nets and S in Tables 3 to 5, without training', async () => {
  const place = await Place.make({ trainers: 'here' });
  /** A small net at a crop at which the paper's scales stay whole, scored at the Q of its row; no training images. */
  const net = async (config: string) => {
    const size = [
      '--crop',
      '56',
      '--width',
      '0.03125',
      '--mean',
      '120,110,100',
      '--deviation',
      '1,1,1',
      '--epochs',
      '0',
    ];
    const answer = await place.answer(
      'train',
      '--config',
      config,
      '--data',
      images,
      ...size,
      '--test-scale',
      '96',
    );
    const { run, top1Error } = z.object({ run: z.string(), top1Error: z.number() }).parse(answer);
    return { top1Error, file: place.runFile(run, 'checkpoints', 'best.safetensors') };
  };
  const [d, e] = [await net('D'), await net('E')];
  await place.answer(
    ...['reproduce', '--preset', 'paper-evaluation', '--weights', d.file, '--weights', e.file],
    ...['--trained-at', '256-512', '--trained-at', '384', '--data', images, '--out', 'out'],
  );

  const rowsOf = (table: number) =>
    rowsSchema
      .parse(parse(readFileSync(join(place.folder, 'out', `table${table}.csv`), 'utf8'), { columns: true }))
      .filter((row) => row.top1_error !== '');
  const filled = (table: number) =>
    rowsOf(table).map((row) => `${row.config ?? ''} ${row.train_scale ?? ''}`);
  expect(filled(3)).toEqual(['D 64-128', 'E 96']);
  expect(filled(4)).toEqual(['D 64-128', 'E 96']);
  expect(filled(5)).toEqual(['D 64-128', 'D 64-128', 'D 64-128']);
  expect(rowsOf(3).map((row) => Number(row.top1_error))).toEqual([d.top1Error, e.top1Error]);
  expect(readFileSync(join(place.folder, 'out', 'table3.md'), 'utf8')).toContain(
    'not trained here but given: D of S=256–512 from best.safetensors (VGG Workbench)',
  );
});
