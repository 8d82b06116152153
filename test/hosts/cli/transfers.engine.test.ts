import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Place, smallNet } from './support.ts';

const endSchema = z.looseObject({ run: z.string(), status: z.literal('finished'), top1Error: z.number() });

test('a run goes to another data folder, and its net to a file that answers the same', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset({ train: 1 });
  const words = ['train', ...smallNet, '--data', data, '--batch', '10', '--epochs', '1'];
  const { run, top1Error } = endSchema.parse(await place.answer(...words));

  const archive = join(place.folder, 'run.zip');
  expect(await place.answer('runs', 'export', run, '--archive', 'run.zip')).toEqual({ exported: [archive] });
  const elsewhere = ['--home', join(place.folder, 'other')];
  const imported = await place.answer('runs', 'import', 'run.zip', ...elsewhere);
  expect(imported).toEqual({ imported: [run], studies: [], known: [] });
  expect(await place.answer('runs', 'show', run, ...elsewhere)).toMatchObject({
    run: { status: 'finished', imported: true },
    result: { top1Error },
  });

  await place.answer('runs', 'export', run, '--weights', 'net.safetensors');
  const posteriors = async (name: string, ...scored: string[]) => {
    await place.answer('evaluate', ...scored, '--posteriors', name);
    return readFileSync(join(place.folder, name), 'utf8');
  };
  // The file says what its net is and sees.
  const ofFile = ['--weights', 'net.safetensors', '--data', data, '--test-scale', '36'];
  expect(await posteriors('file.csv', ...ofFile)).toBe(await posteriors('run.csv', run));
});

test('an export of two kinds is refused', async () => {
  const place = await Place.make();
  const ended = await place.run('runs', 'export', 'a', '--archive', 'a.zip', '--folder', 'b');
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('--folder, --archive, --tensorboard and --weights');
  expect(existsSync(join(place.folder, 'a.zip'))).toBe(false);
});
