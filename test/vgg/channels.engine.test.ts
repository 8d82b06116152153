import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tensorflow } from '../../src-main/engine/tensorflow.ts';
import { SafetensorsFile, writeSafetensors } from '../../src-main/foundation/safetensors.ts';
import { restoreVelocities, saveCheckpoint } from '../../src-main/training/checkpoint.ts';
import { checkpointPath } from '../../src-main/training/checkpointFiles.ts';
import { MomentumSgd } from '../../src-main/training/MomentumSgd.ts';
import { parametricLayers } from '../../src-main/vgg/layers.ts';
import { layersOf } from '../../src-main/vgg/layersOf.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { Parameters } from '../../src-main/vgg/Parameters.ts';
import { copyWeights } from '../../src-main/vgg/weights/load.ts';
import { readParameters, takeParameters } from '../../src-main/vgg/weights/readParameters.ts';
import { openSafetensorsWeights } from '../../src-main/weights/safetensorsWeights.ts';
import { readAs } from '../../src-main/weights/WeightsFile.ts';
import { aRunState } from '../support/aRunState.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenArchitecture, goldenFile } from '../support/golden.ts';

const folder = mkdtempSync(join(tmpdir(), 'channels-'));
beforeAll(openTestEngine);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const architecture = goldenArchitecture('A');
const golden = goldenFile('A');
const first = 'features.0.weight';
const names = [...golden.tensors.keys()].filter((name) => /^(features|classifier)/.test(name));

/** The planes of red and blue exchanged, filter by filter. */
function exchanged(values: Float32Array): Float32Array {
  return values.map((_, index) => {
    const [filter, channel, place] = [Math.floor(index / 27), Math.floor(index / 9) % 3, index % 9];
    return values[filter * 27 + (2 - channel) * 9 + place] ?? NaN;
  });
}

/** PyTorch's weights with a first layer that reads BGR, in a file that does not tell it. */
const path = join(folder, 'bgr.safetensors');
writeSafetensors(
  path,
  names.map((name) => ({
    name,
    shape: golden.tensors.get(name)?.shape ?? [],
    values: () => (name === first ? exchanged(golden.read(name)) : golden.read(name)),
  })),
  {},
);

/** The greatest difference of the logits from PyTorch's, which read RGB. */
function differenceFrom(parameters: Parameters): number {
  const { tf } = tensorflow();
  const shape = golden.tensors.get('input.nchw')?.shape ?? [];
  using input = tf.tensor(golden.read('input.nchw'), [...shape]).transpose([0, 2, 3, 1]);
  using scores = new Network(parameters).scoreMap(input);
  const logits = scores.dataSync();
  return golden
    .read('logits')
    .reduce((most, value, index) => Math.max(most, Math.abs(value - (logits[index] ?? NaN))), 0);
}

it('a file that does not tell its order is read in the one that is given', () => {
  using right = takeParameters(readAs(openSafetensorsWeights(path), 'BGR'), architecture);
  expect(differenceFrom(right)).toBeLessThan(1e-4);
  using taken = takeParameters(openSafetensorsWeights(path), architecture);
  expect(differenceFrom(taken)).toBeGreaterThan(1e-3);
});

it('a run keeps the order in its files, weights and velocities alike, and they tell it', () => {
  const file = readAs(openSafetensorsWeights(path), 'BGR');
  using parameters = new Parameters(
    architecture,
    copyWeights(file, architecture, 'all', () => {
      throw new Error('All are copied.');
    }),
    'BGR',
  );
  file.close();
  const optimiser = new MomentumSgd(parameters.variables(), { momentum: 0.9, weightDecay: 0 });
  const [layer] = parametricLayers(layersOf(architecture));
  if (!layer) throw new Error('A net has layers.');
  const { weight } = parameters.of(layer);
  optimiser.apply(weight, tensorflow().tf.randomNormal([...weight.shape]), 0);
  const velocity = optimiser.velocityOf(weight)?.with((value) => value.dataSync());
  saveCheckpoint(folder, parameters, optimiser, aRunState({ channels: 'BGR' }));
  const last = checkpointPath(folder, 'last');
  expect(new SafetensorsFile(last).read(first)).toEqual(new SafetensorsFile(path).read(first));
  // Whatever is asked for, the file knows better.
  using again = takeParameters(readAs(openSafetensorsWeights(last), 'RGB'), architecture);
  expect(differenceFrom(again)).toBeLessThan(1e-4);
  using resumed = readParameters(last, architecture);
  expect(resumed.channels).toBe('BGR');
  const anew = new MomentumSgd(resumed.variables(), { momentum: 0.9, weightDecay: 0 });
  restoreVelocities(folder, resumed, anew);
  expect(anew.velocityOf(resumed.of(layer).weight)?.with((value) => value.dataSync())).toEqual(velocity);
});
