import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { SafetensorsFile } from '../../../src-main/foundation/safetensors.ts';
import { referenceFolder } from '../../support/golden.ts';
import { differences, losses } from '../../support/sameTraining.ts';
import { foreignFile } from '../../weights/foreign.ts';
import { errorLineSchema, Place } from './support.ts';

const runSchema = z.object({ run: z.string() });
const source = foreignFile('D.v1.caffemodel');

test('fully-connected layers are fine-tuned from weights of Caffe: the others stay, to the bit; resumed as in one go', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset({ train: 2 });
  const command = [
    ...['train', '--from', source, '--copied-layers', 'all-but-last', '--trainable', 'fully-connected'],
    ...['--data', data, '--train-scale', '64', '--batch', '10', '--learning-rate', '0.001', '--epochs', '3'],
    'data.workers=1',
  ];
  const { run: whole } = runSchema.parse(await place.answer(...command));
  const last = (id: string) => place.runFile(id, 'checkpoints', 'last.safetensors');

  const file = new SafetensorsFile(last(whole));
  const golden = new SafetensorsFile(join(referenceFolder, 'D.images.safetensors'));
  const names = [...golden.tensors.keys()].filter((name) => /^(features|classifier)\./.test(name));
  expect(names).toHaveLength(32);
  for (const name of names) {
    // Caffe's nets read BGR, and a net that goes on from one does too.
    if (name === 'features.0.weight')
      expect(file.read(name)).toEqual(withReversedInputs(golden.read(name), [4, 3, 3, 3]));
    else if (name.startsWith('features')) expect(file.read(name), name).toEqual(golden.read(name));
    else expect(file.read(name), name).not.toEqual(golden.read(name));
  }
  const velocities = [...file.tensors.keys()].filter((name) => name.startsWith('momentum.'));
  expect(velocities).toHaveLength(6);
  expect(velocities.every((name) => name.startsWith('momentum.classifier.'))).toBe(true);

  const config = readFileSync(place.runFile(whole, 'config.yaml'), 'utf8');
  expect(config).toContain('mean: [123.68, 116.779, 103.939]');
  expect(config).toContain('width: 0.0625');
  const sha256 = createHash('sha256').update(readFileSync(source)).digest('hex');
  const recorded = { path: source, format: 'caffe', channels: 'BGR', sha256 };
  const weightsOf = (id: string) =>
    z
      .looseObject({ weights: z.unknown() })
      .parse(JSON.parse(readFileSync(place.runFile(id, 'env.json'), 'utf8'))).weights;
  expect(weightsOf(whole)).toMatchObject(recorded);
  expect(readFileSync(place.runFile(whole, 'log.txt'), 'utf8')).toContain(sha256);

  const run = await place.interrupted((event) => event.type === 'metrics' && event.step >= 2, ...command);
  await place.answer('resume', run);
  expect(differences(last(run), last(whole))).toEqual([]);
  expect(losses(place.runFile(run, 'metrics.csv'))).toEqual(losses(place.runFile(whole, 'metrics.csv')));
  expect(weightsOf(run), 'also after it was resumed').toMatchObject(recorded);
});

test('what weights do not fit is refused before there is a run, naming the tensor', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset({ train: 1 });
  const ended = await place.run('train', '--from', source, '--data', data, '--config', 'E', '--json');
  expect(ended.code).toBe(2);
  const { error } = errorLineSchema.parse(JSON.parse(ended.stdout));
  expect(error.code).toBe('weights-do-not-fit');
  expect(error.message).toContain('conv4_1.weight is 32×16×3×3 where conv3_4 takes 16×16×3×3');
  expect(await place.answer('runs', 'list')).toEqual([]);
});

/** A filter [outputs, inputs, height, width] with its inputs in the reverse order. */
function withReversedInputs(
  values: Float32Array,
  [outputs, inputs, height, width]: readonly [number, number, number, number],
): Float32Array {
  const map = height * width;
  const reversed = new Float32Array(outputs * inputs * map);
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      const from = (output * inputs + inputs - 1 - input) * map;
      reversed.set(values.subarray(from, from + map), (output * inputs + input) * map);
    }
  }
  return reversed;
}
