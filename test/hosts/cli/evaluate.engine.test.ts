import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { goldenNets, referenceFolder, type GoldenNet } from '../../support/golden.ts';
import { foreignFile } from '../../weights/foreign.ts';
import { Place, smallNet } from './support.ts';

const referenceSchema = z.object({
  nets: z.record(
    z.string(),
    z.object({
      top1_error: z.number(),
      top5_error: z.number(),
      posterior: z.record(z.string(), z.array(z.number())),
    }),
  ),
});
const { nets } = referenceSchema.parse(
  JSON.parse(readFileSync(join(referenceFolder, 'posteriors.json'), 'utf8')),
);

const rowsSchema = z.array(z.record(z.string(), z.string()));

function commandFor(net: GoldenNet, posteriors: string): string[] {
  return [
    ...['evaluate', '--config', net, '--width', '0.0625', '--crop', '64', '--classes', '10'],
    ...[
      '--weights',
      join(referenceFolder, `${net}.images.safetensors`),
      '--data',
      join(referenceFolder, 'images'),
    ],
    ...[
      '--test-scale',
      '96',
      '--protocol',
      'dense',
      '--mean',
      '123.68,116.779,103.939',
      '--posteriors',
      posteriors,
    ],
  ];
}

describe("vgg evaluate answers what PyTorch's weights and images must give", () => {
  test.each(goldenNets)('%s', async (net) => {
    const place = await Place.make({ trainers: 'here' });
    const expected = nets[net];
    if (!expected) throw new Error(`There are no reference posteriors of ${net}.`);
    const command = [...commandFor(net, 'out.csv'), '--json'];
    // Of one net with processes of their own for the command and its trainer.
    const ended = net === 'D' ? await place.start(...command).ended : await place.run(...command);
    expect(ended.stderr).not.toContain('Error');
    expect(ended.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      top1Error: expected.top1_error,
      top5Error: expected.top5_error,
      images: 20,
      protocol: 'dense',
    });

    const text = readFileSync(join(place.folder, 'out.csv'), 'utf8');
    expect(text.split('\n')[0]).toBe('image,class,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9');
    const rows = rowsSchema.parse(parse(text, { columns: true }));
    expect(rows.map(({ image }) => image).sort()).toEqual(Object.keys(expected.posterior).sort());
    for (const row of rows) {
      const { image = '' } = row;
      expect(row.class).toBe(image.split('/')[0]);
      expected.posterior[image]?.forEach((value, label) => {
        expect(Math.abs(Number(row[`p${label}`]) - value), `${image} p${label}`).toBeLessThan(1e-5);
      });
    }
  });
});

test('a weights file tells its net and preprocessing itself', async () => {
  const place = await Place.make({ trainers: 'here' });
  const images = join(referenceFolder, 'images');
  const command = ['evaluate', '--weights', foreignFile('D.v1.caffemodel'), '--data', images];
  expect(await place.answer(...command, '--test-scale', '96')).toMatchObject({
    top1Error: nets.D?.top1_error,
    top5Error: nets.D?.top5_error,
    images: 20,
  });
});

test('the mean of training images that there are not is unknown', async () => {
  const place = await Place.make({ trainers: 'here' });
  const command = commandFor('A', 'out.csv').map((word) =>
    word.startsWith('123.68') ? 'training-set' : word,
  );
  const ended = await place.run(...command, '--json');
  expect(ended.code).toBe(2);
  expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code: 'mean-unknown' } });
});

test('a run is scored at other scales and by other protocols, and the results are kept', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset();
  const trained = z
    .object({ run: z.string() })
    .parse(await place.answer('train', ...smallNet, '--data', data, '--batch', '20', '--epochs', '1'));
  const answer = await place.answer(
    'evaluate',
    trained.run,
    '--test-scale',
    '32,36,40',
    '--protocol',
    'multi-crop',
  );
  expect(answer).toMatchObject({
    protocol: 'multi-crop',
    testScales: [32, 36, 40],
    images: 10,
    checkpoint: 'best',
  });
  const shown = z
    .object({
      evaluations: z.array(
        z.object({ protocol: z.string(), testScales: z.array(z.number()), datasetFingerprint: z.string() }),
      ),
    })
    .parse(await place.answer('runs', 'show', trained.run));
  expect(shown.evaluations).toMatchObject([
    { protocol: 'dense', testScales: [36] },
    { protocol: 'multi-crop', testScales: [32, 36, 40] },
  ]);
  // Another mean or input would be another net.
  const refused = await place.run('evaluate', trained.run, '--mean', '1,2,3', '--json');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/data\.mean.*\n.*\(override-not-for-runs\)/);
  const both = await place.run('evaluate', trained.run, '--weights', 'some.safetensors');
  expect(both.code).toBe(2);
  expect(both.stderr).toContain('(two-to-evaluate)');
  expect(new Set(shown.evaluations.map(({ datasetFingerprint }) => datasetFingerprint)).size).toBe(1);
});
