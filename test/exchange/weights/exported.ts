import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import type { NetToExport } from '../../../src-main/exchange/weights/NetToExport.ts';
import type { SafetensorsFile } from '../../../src-main/foundation/safetensors.ts';
import type { Architecture } from '../../../src-main/vgg/layers.ts';

/** Images [batch, channels, height, width]. */
export interface Images {
  values: Float32Array;
  shape: readonly [batch: number, channels: number, height: number, width: number];
}

export function netToExport(architecture: Architecture, weights: SafetensorsFile): NetToExport {
  return {
    architecture,
    weights,
    preprocessing: { channels: 'RGB', crop: architecture.crop, mean: [1, 2, 3], deviation: [4, 5, 6] },
    classes: Array.from({ length: architecture.classes }, (_, index) => `class ${index}`),
    source: { run: 'a-run', checkpoint: 'best', step: 10, epoch: 2 },
  };
}

export function imagesIn(file: SafetensorsFile, name: string): Images {
  const [batch = 0, channels = 0, height = 0, width = 0] = file.tensors.get(name)?.shape ?? [];
  return { values: file.read(name), shape: [batch, channels, height, width] };
}

const manifestSchema = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.object({ name: z.string(), shape: z.array(z.number()), dtype: z.literal('float32') }),
      ),
    }),
  ),
});

/** What TensorFlow.js answers, on its own processor backend. */
export async function answerOfTfjs(folder: string, { values, shape }: Images): Promise<Float32Array> {
  await tf.setBackend('cpu');
  const json = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')));
  const [group] = json.weightsManifest;
  if (!group) throw new Error('A model has one group of weights.');
  const weightData = new Uint8Array(
    Buffer.concat(group.paths.map((path) => readFileSync(join(folder, path)))),
  ).buffer;
  const model = await tf.loadLayersModel({
    load: () =>
      Promise.resolve({ modelTopology: json.modelTopology, weightSpecs: group.weights, weightData }),
  });
  const answer = tf.tidy(() => model.predict(tf.transpose(tf.tensor4d(values, [...shape]), [0, 2, 3, 1])));
  if (!(answer instanceof tf.Tensor)) throw new Error('The model has one output.');
  return z.instanceof(Float32Array).parse(await answer.data());
}
