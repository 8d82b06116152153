import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Rgb } from '../../src-main/configuration/schema.ts';
import { EvaluationImages } from '../../src-main/data/EvaluationImages.ts';
import { openDataset } from '../../src-main/data/openDataset.ts';
import { tensorflow } from '../../src-main/engine/tensorflow.ts';
import { evaluate } from '../../src-main/evaluation/evaluate.ts';
import { SafetensorsFile } from '../../src-main/foundation/safetensors.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { Parameters, type Initialiser } from '../../src-main/vgg/Parameters.ts';
import { architectureIn } from '../../src-main/vgg/weights/identify.ts';
import { copyWeights } from '../../src-main/vgg/weights/load.ts';
import { openWeights } from '../../src-main/weights/openWeights.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenArchitecture, referenceFolder } from '../support/golden.ts';
import { foreignFile, foreignNets } from '../weights/foreign.ts';
import { imagePool } from '../data/imageFiles.ts';

beforeAll(openTestEngine);

const posteriorsSchema = z.record(z.string(), z.array(z.number()));
type Posteriors = z.infer<typeof posteriorsSchema>;

function readJson(...names: string[]): unknown {
  return JSON.parse(readFileSync(join(referenceFolder, ...names), 'utf8'));
}

/** By PyTorch, on RGB less the mean; and with torchvision's preprocessing. */
const byPyTorch = z
  .object({ nets: z.object({ D: z.object({ posterior: posteriorsSchema }) }) })
  .parse(readJson('posteriors.json')).nets.D.posterior;
const byTorchvision = posteriorsSchema.parse(readJson('foreign', 'posteriors.json'));

const architecture = goldenArchitecture('D');
const nothing: Initialiser = ({ name }) => {
  throw new Error(`${name} was not copied`);
};

async function greatestDifference(
  parameters: Parameters,
  { mean, deviation }: { mean: Rgb | null; deviation: Rgb | null },
  expected: Posteriors,
): Promise<number> {
  const { val } = await openDataset(join(referenceFolder, 'images'));
  const images = new EvaluationImages({ samples: val, pool: imagePool({ count: 1 }) });
  if (!mean || !deviation) throw new Error('The format says what its nets see.');
  const task = {
    network: new Network(parameters),
    architecture,
    images,
    labels: val.map(({ label }) => label),
    mean,
    deviation,
    settings: { average: 'before-softmax', horizontalFlip: true } as const,
  };
  let difference = 0;
  for await (const { posteriors } of evaluate(task, [{ protocol: 'dense', testScales: [96] }])) {
    for (const [image, { name }] of val.entries()) {
      for (const [label, value] of (expected[name] ?? [NaN]).entries()) {
        difference = Math.max(difference, Math.abs((posteriors[10 * image + label] ?? NaN) - value));
      }
    }
  }
  parameters.dispose();
  return difference;
}

describe.each(foreignNets)('$name', ({ name, format }) => {
  it('is found to be the net it is', async () => {
    const file = await openWeights(foreignFile(name));
    expect(architectureIn(file)).toEqual({ config: 'D', width: 0.0625, crop: 64, classes: 10 });
    file.close();
  });

  it('answers what PyTorch does', async () => {
    const file = await openWeights(foreignFile(name));
    const parameters = new Parameters(architecture, copyWeights(file, architecture, 'all', nothing));
    const expected = format === 'torchvision' ? byTorchvision : byPyTorch;
    expect(await greatestDifference(parameters, file.format, expected)).toBeLessThan(1e-5);
    file.close();
  });
});

describe('what would load and be wrong', () => {
  const read = async (change: (parameters: Parameters) => void) => {
    const file = await openWeights(foreignFile('D.v1.caffemodel'));
    const parameters = new Parameters(architecture, copyWeights(file, architecture, 'all', nothing));
    change(parameters);
    const difference = await greatestDifference(parameters, file.format, byPyTorch);
    file.close();
    return difference;
  };

  it('fc6 by a plain transpose answers something else', async () => {
    const golden = new SafetensorsFile(join(referenceFolder, 'D.images.safetensors'));
    const stored = tensorflow().tf.tensor2d(golden.read('classifier.0.weight'), [256, 128]);
    const difference = await read((parameters) => {
      const fc6 = parameters.parametricLayers().find((layer) => layer.name === 'fc6');
      if (fc6) parameters.of(fc6).weight.assign(stored.transpose());
    });
    expect(difference).toBeGreaterThan(0.01);
  });

  it('red and blue exchanged answer something else', async () => {
    const difference = await read((parameters) => {
      const [first] = parameters.parametricLayers();
      if (!first) return;
      const { weight } = parameters.of(first);
      weight.assign(weight.with((value) => value.reverse(2)));
    });
    expect(difference).toBeGreaterThan(0.01);
  });
});

describe('a net is found from its tensors', () => {
  it.each(['A', 'A-LRN', 'B', 'C', 'D', 'E'] as const)('%s in torchvision’s layout', async (config) => {
    const file = await openWeights(join(referenceFolder, `${config}.images.safetensors`));
    expect(architectureIn(file)).toEqual({ config, width: 0.0625, crop: 64, classes: 10 });
    file.close();
  });

  it.each(['D-7x7', 'E-gap', 'plain-34', 'resnet-34'])('%s', async (config) => {
    const file = await openWeights(join(referenceFolder, `${config}.safetensors`));
    expect(architectureIn(file)).toMatchObject({ config, classes: 10 });
    file.close();
  });

  it('and in a file that holds none there is none', async () => {
    const file = await openWeights(foreignFile('kinds.pth'));
    expect(architectureIn(file)).toBeUndefined();
    file.close();
  });
});
