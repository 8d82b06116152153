import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { errorRates } from '../../../src-main/evaluation/errors.ts';
import { KeptPosteriors } from '../../../src-main/runs/folder/keptPosteriors.ts';
import { Place, smallNet } from './support.ts';

const fusionSchema = z.object({
  nets: z.array(
    z.object({ protocol: z.string(), testScales: z.array(z.number()), hasPosteriors: z.boolean() }),
  ),
  fused: z.object({ top1Error: z.number(), top5Error: z.number(), images: z.number(), dataset: z.string() }),
});

async function trained(place: Place, data: string, seed: number): Promise<string> {
  const answer = await place.answer(
    ...['train', ...smallNet, '--data', data, '--batch', '20', '--epochs', '1', '--seed', String(seed)],
  );
  return z.object({ run: z.string() }).parse(answer).run;
}

/** The one file of posteriors of a run whose name begins so. */
function posteriorsOf(place: Place, run: string, protocol: string): KeptPosteriors {
  const folder = place.runFile(run, 'posteriors');
  const files = readdirSync(folder).filter((name) => name.startsWith(`${protocol}_`));
  expect(files).toHaveLength(1);
  return new KeptPosteriors(join(folder, files[0] ?? ''));
}

/** The errors of the mean, worked out from the files. */
function errorsFromFiles(place: Place, runs: readonly string[], protocol: string) {
  const [one, other] = runs.map((run) => posteriorsOf(place, run, protocol));
  if (!one || !other) throw new Error('Two runs are fused.');
  const { labels } = one.set;
  const theirs = other.rows(0, labels.length);
  const mean = one.rows(0, labels.length).map((value, index) => (value + (theirs[index] ?? NaN)) / 2);
  one.close();
  other.close();
  return errorRates(mean, 10, labels);
}

test('runs are fused from the posteriors they keep, and scored first where they lack them', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset({ val: 2 });
  const runs = [await trained(place, data, 1), await trained(place, data, 2)];

  const own = fusionSchema.parse(await place.answer('fuse', ...runs));
  expect(own.nets.map(({ protocol }) => protocol)).toEqual(['dense', 'dense']);
  expect(own.fused).toEqual({ ...errorsFromFiles(place, runs, 'dense'), images: 20, dataset: 'images' });

  // The first is scored by all protocols of Table 5, so that only the second is left to score.
  const all = await place.run('evaluate', runs[0] ?? '', '--protocol', 'all', '--test-scale', '32,40');
  expect(all.stdout).toMatch(/^Protocol[^\n]*\ndense[^\n]*\nmulti-crop,[^\n]*\nmulti-crop\+dense/);
  const both = await place.run(
    'fuse',
    ...runs,
    '--protocol',
    'multi-crop+dense',
    '--test-scale',
    '32,40',
    '--format',
    'csv',
  );
  expect(both.code, both.stderr).toBe(0);
  const rows = parse<Record<string, string>>(both.stdout, { columns: true });
  const expected = errorsFromFiles(place, runs, 'multi-crop+dense');
  expect(rows).toHaveLength(3);
  expect(rows[1]).toMatchObject({ config: 'A', test_scale: '32,40', images: '20' });
  expect(rows[2]).toMatchObject({
    config: 'A+A',
    top1_error: String(expected.top1Error),
    top5_error: String(expected.top5Error),
  });

  // Posteriors that are gone are computed anew, and come out the same.
  rmSync(place.runFile(runs[1] ?? '', 'posteriors'), { recursive: true });
  expect(fusionSchema.parse(await place.answer('fuse', ...runs)).fused).toEqual(own.fused);
});
