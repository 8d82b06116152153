import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDataset } from '../../src-main/data/openDataset.ts';
import { EvaluationImages } from '../../src-main/data/EvaluationImages.ts';
import { liveTensors } from '../../src-main/engine/tensorflow.ts';
import { evaluate } from '../../src-main/evaluation/evaluate.ts';
import { Pace } from '../../src-main/insight/Pace.ts';
import { scoredWindowsOf } from '../../src-main/insight/scoredWindows.ts';
import { runConfigSchema } from '../../src-main/configuration/schema.ts';
import { randomInitialiser } from '../../src-main/vgg/initialise.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { Parameters } from '../../src-main/vgg/Parameters.ts';
import { sendable } from '../../src-main/workbench/images/insightInput.ts';
import { imagePool } from '../data/imageFiles.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenArchitecture, goldenFile, goldenParameters, referenceFolder } from '../support/golden.ts';

beforeAll(openTestEngine);

const protocols = ['dense', 'centre-crop', 'multi-crop', 'multi-crop+dense'] as const;
const mean = [120, 110, 100] as const;
const testScales = [72, 99];

async function images() {
  return (await openDataset(join(referenceFolder, 'images'))).val;
}

async function look(parameters: Parameters, average: 'before-softmax' | 'after-softmax', place = 7) {
  const source = (await images())[place]?.source;
  if (!source) throw new Error(`There is no image ${place}.`);
  const image = sendable(source);
  const progress: number[] = [];
  const found = await scoredWindowsOf(
    { key: 'tested', parameters, mean },
    {
      about: 'scoredWindows',
      checkpoint: '',
      deviation: [1, 1, 1],
      image,
      protocols: [...protocols],
      testScales,
      average,
      horizontalFlip: true,
      label: null,
    },
    new Pace(new AbortController().signal, (done) => progress.push(done)),
  );
  return { found, progress };
}

function untrained(crop: number): Parameters {
  const architecture = { config: 'A', width: 1 / 16, crop, classes: 10 } as const;
  return new Parameters(architecture, randomInitialiser(runConfigSchema.parse({}).initialisation, 1));
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(['before-softmax', 'after-softmax'] as const)('score map averaged %s', (average) => {
  it('each average is the posterior that an evaluation of a set gives that image, and of its windows', async () => {
    const parameters = goldenParameters('A', goldenFile('A'));
    const before = liveTensors();
    const { found, progress } = await look(parameters, average);
    expect(liveTensors()).toBe(before);
    expect(progress).toEqual([1, 2, 3, 4, 5, 6]);
    expect(found.labels.length).toBeGreaterThanOrEqual(5);

    const val = (await images()).slice(6, 8);
    const task = {
      network: new Network(parameters),
      architecture: goldenArchitecture('A'),
      images: new EvaluationImages({ samples: val, pool: imagePool({ count: 1 }) }),
      labels: val.map(({ label }) => label),
      mean,
      deviation: [1, 1, 1] as const,
      settings: { average, horizontalFlip: true },
    };
    const choices = [[72], [99], testScales];
    const requested = protocols.flatMap((protocol) =>
      choices.map((scales) => ({ protocol, testScales: scales })),
    );
    expect(
      found.averages.map(({ protocol, testScales: scales }) => ({ protocol, testScales: scales })),
    ).toEqual(requested);
    for await (const result of evaluate(task, requested)) {
      const ours = found.averages.find(
        (one) => one.protocol === result.protocol && one.testScales.join() === result.testScales.join(),
      );
      const theirs = found.labels.map((label) => result.posteriors[10 + label] ?? NaN);
      const gaps = theirs.map((value, index) => Math.abs(value - (ours?.posteriors[index] ?? NaN)));
      expect(Math.max(...gaps), `${result.protocol} at ${result.testScales.join()}`).toBeLessThan(1e-6);
    }
    // Unless logits are averaged.
    for (const { pass, testScale, windows, posteriors } of found.passes) {
      // The score map of the smaller scale may have a single position.
      const counted = { 'centre-crop': 2, 'multi-crop': 50 }[pass as string];
      if (counted !== undefined) expect(windows).toHaveLength(counted);
      else if (average === 'before-softmax') continue;
      for (const [index, posterior] of posteriors.entries()) {
        const averaged = meanOf(windows.map((window) => window.posteriors[index] ?? NaN));
        expect(averaged, `${pass} at ${testScale}`).toBeCloseTo(posterior, 6);
      }
    }
    parameters.dispose();
  });
});

it('the positions of a score map lie where the net has cut the image, if the crop is no multiple of 32', async () => {
  const parameters = untrained(48);
  const { found } = await look(parameters, 'before-softmax');
  const seen = found.passes.find(({ pass, testScale }) => pass === 'dense' && testScale === 99);
  // The image of 128 × 96 is rescaled to 132 × 99. Of its width, 84 pixels lie beyond the crop: steps of 32 leave 20
  // that no window covers, 10 of them before the first; of its height 51, which leave 19.
  expect(found).toMatchObject({ width: 128, height: 96 });
  const plain = seen?.windows.filter(({ mirrored }) => !mirrored) ?? [];
  const expected = [9, 41].flatMap((top) =>
    [10, 42, 74].map((left) => [top * (96 / 99), left * (128 / 132)]),
  );
  expect(plain.map(({ top, left }) => [top, left])).toEqual(
    expected.map((place) => place.map((value): unknown => expect.closeTo(value, 6))),
  );
  parameters.dispose();
});

it('refuses a Q with no room for a crop', async () => {
  const parameters = untrained(96);
  await expect(look(parameters, 'before-softmax')).rejects.toMatchObject({ code: 'scale-below-crop' });
  parameters.dispose();
});
