import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Team } from '../../src-main/engine/group/Team.ts';
import { EvaluationImages } from '../../src-main/data/EvaluationImages.ts';
import { openDataset } from '../../src-main/data/openDataset.ts';
import { errorRates } from '../../src-main/evaluation/errors.ts';
import type { ScoredImages } from '../../src-main/evaluation/evaluate.ts';
import { evaluateWeights } from '../../src-main/evaluation/evaluateWeights.ts';
import { SafetensorsFile } from '../../src-main/foundation/safetensors.ts';
import { writeKeptPosteriors } from '../../src-main/runs/folder/keptPosteriors.ts';
import { fusePosteriors } from '../../src-main/runs/fusePosteriors.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenArchitecture, referenceFolder } from '../support/golden.ts';
import { imagePool } from '../data/imageFiles.ts';

/** Computed by PyTorch in float64 from the same weights and images: see `multiCrop.py`. */
const golden = new SafetensorsFile(join(referenceFolder, 'multiCrop.safetensors'));
const names = z.array(z.string()).parse(JSON.parse(golden.metadata.images ?? '[]'));
const ways = ['dense', 'multi-crop', 'multi-crop+dense'] as const;

beforeAll(openTestEngine);

/** Every result of a net on the twenty images at Q=96, and how often each image was walked over. */
async function scored(net: 'D' | 'E') {
  const { val } = await openDataset(join(referenceFolder, 'images'));
  const images = new EvaluationImages({ samples: val, pool: imagePool({ count: 1 }) });
  const totals: number[] = [];
  const task = {
    architecture: goldenArchitecture(net),
    images,
    labels: val.map(({ label }) => label),
    mean: [123.68, 116.779, 103.939] as const,
    deviation: [1, 1, 1] as const,
    settings: { average: 'before-softmax', horizontalFlip: true } as const,
    onProgress: (_done: number, total: number) => totals.push(total),
  };
  const requested = ways.map((protocol) => ({ protocol, testScales: [96] }));
  const results = new Map<string, ScoredImages>();
  const file = join(referenceFolder, `${net}.images.safetensors`);
  for await (const result of evaluateWeights(file, task, requested)) results.set(result.protocol, result);
  return { val, results, totals };
}

function greatestDifference(actual: Float32Array | undefined, expected: Float32Array): number {
  if (actual?.length !== expected.length) return Infinity;
  return Math.max(...expected.map((value, index) => Math.abs(value - (actual[index] ?? NaN))));
}

describe('against PyTorch', () => {
  it('multi-crop, dense and both are computed in one walk, and fused over the nets', async () => {
    const d = await scored('D');
    const e = await scored('E');
    expect(d.val.map(({ name }) => name)).toEqual(names);
    const folder = temporaryFolder();
    for (const way of ways) {
      for (const [net, { results }] of Object.entries({ D: d, E: e })) {
        const ours = results.get(way)?.posteriors;
        expect(greatestDifference(ours, golden.read(`${net}.${way}`)), `${net} ${way}`).toBeLessThan(1e-5);
      }
      const parts = [d, e].map(({ val, results }, place) => {
        const path = join(folder, `${place}-${way}.safetensors`);
        writeKeptPosteriors(path, results.get(way)?.posteriors ?? new Float32Array(0), {
          fingerprint: 'the same',
          dataset: 'images',
          classes: Array.from({ length: 10 }, (_, label) => `class${label}`),
          images: val.map(({ name }) => name),
          labels: val.map(({ label }) => label),
        });
        return { run: String(place), path };
      });
      const { errors: fused } = await fusePosteriors(parts);
      const labels = d.val.map(({ label }) => label);
      expect(fused, way).toEqual({
        ...errorRates(golden.read(`fused.${way}`), 10, labels),
        images: 20,
        dataset: 'images',
      });
    }
    expect(new Set(d.totals)).toEqual(new Set([20]));
  });
});

it('a grid of crops is interrupted between a few dozen images, however narrow the net', async () => {
  const { val } = await openDataset(join(referenceFolder, 'images'));
  const samples = [...val, ...val];
  const images = new EvaluationImages({ samples, pool: imagePool({ count: 1 }) });
  const stop = new AbortController();
  const results = evaluateWeights(
    join(referenceFolder, 'A.images.safetensors'),
    {
      architecture: goldenArchitecture('A'),
      images,
      labels: samples.map(({ label }) => label),
      mean: [120, 110, 100],
      deviation: [1, 1, 1],
      settings: { average: 'before-softmax', horizontalFlip: false },
      team: Team.alone(stop.signal),
      onProgress: () => {
        stop.abort();
      },
    },
    [{ protocol: 'multi-crop', testScales: [96] }],
  );
  await expect(results.next()).rejects.toMatchObject({ name: 'AbortError' });
});
