import { join } from 'node:path';
import { tensorflow, type Tensor } from '../../src-main/engine/tensorflow.ts';
import { transpose } from '../../src-main/engine/ops/shape.ts';
import type { Architecture } from '../../src-main/vgg/layers.ts';
import { Parameters } from '../../src-main/vgg/Parameters.ts';
import { copyWeights } from '../../src-main/vgg/weights/load.ts';
import { asWeights } from '../../src-main/weights/safetensorsWeights.ts';
import { SafetensorsFile } from '../../src-main/foundation/safetensors.ts';

/**
 * Values computed by PyTorch 2.13 (float32, CPU) for the six nets at width 1/16, crop 64 and ten classes: weights in
 * torchvision's names and layouts, inputs and what must come out of them.
 */
export const referenceFolder = join(import.meta.dirname, '..', 'reference');

export const goldenNets = ['A', 'A-LRN', 'B', 'C', 'D', 'E'] as const;
export type GoldenNet = (typeof goldenNets)[number];
/** Those that vary the six or came after them, in float64, each at the width that its file tells. */
export const laterNets = ['D-7x7', 'E-skip', 'E-gap', 'plain-34', 'resnet-34'] as const;
export type LaterNet = (typeof laterNets)[number];

export function goldenArchitecture(config: GoldenNet | LaterNet): Architecture {
  return { config, width: Number(goldenFile(config).metadata.width), crop: 64, classes: 10 };
}

export function goldenFile(config: GoldenNet | LaterNet): SafetensorsFile {
  return new SafetensorsFile(join(referenceFolder, `${config}.safetensors`));
}

export function goldenParameters(config: GoldenNet | LaterNet, file: SafetensorsFile): Parameters {
  const architecture = goldenArchitecture(config);
  return new Parameters(
    architecture,
    copyWeights(asWeights(file), architecture, 'all', ({ name }) => {
      throw new Error(`${name} is not in the reference file.`);
    }),
  );
}

/** A stored [batch, channels, height, width] tensor as [batch, height, width, channels]. */
export function readImages(file: SafetensorsFile, name: string): Tensor {
  const shape = [...(file.tensors.get(name)?.shape ?? [])];
  const stored = tensorflow().tf.tensor(file.read(name), shape, 'float32');
  const images = transpose(stored, [0, 2, 3, 1]);
  stored.dispose();
  return images;
}

/** The greatest difference, relative to the greatest expected value. */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let difference = 0;
  let greatest = 0;
  for (let index = 0; index < expected.length; index++) {
    const value = expected[index] ?? NaN;
    const gap = Math.abs((actual[index] ?? NaN) - value);
    if (Number.isNaN(gap)) return Infinity;
    difference = Math.max(difference, gap);
    greatest = Math.max(greatest, Math.abs(value));
  }
  return difference / greatest;
}
