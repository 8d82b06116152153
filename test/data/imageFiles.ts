import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { onTestFinished } from 'vitest';
import { runConfigSchema, type RunConfig } from '../../src-main/configuration/schema.ts';
import type { TrainScale } from '../../src-main/vocabulary/scales.ts';
import type { Dataset } from '../../src-main/data/dataset.ts';
import { ImageWorkers } from '../../src-main/data/ImageWorkers.ts';
import { Draws } from '../../src-main/foundation/random.ts';

/** A folder that is gone after the test; the cache of datasets lies in it too. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vgg-data-'));
  const cache = process.env.VGG_CACHE;
  process.env.VGG_CACHE = join(folder, 'cache');
  onTestFinished(() => {
    if (cache === undefined) delete process.env.VGG_CACHE;
    else process.env.VGG_CACHE = cache;
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Threads that prepare images, ended after the test. */
export function imagePool(options: ConstructorParameters<typeof ImageWorkers>[0]): ImageWorkers {
  const pool = new ImageWorkers(options);
  onTestFinished(() => pool.close());
  return pool;
}

/** Random pixels with some smoothness, `[height, width, 3]`, the same for the same seed. */
export function randomPixels(width: number, height: number, seed: number): Uint8Array {
  const draws = new Draws(seed, 'colour', width, height);
  const base = [draws.integer(40, 200), draws.integer(40, 200), draws.integer(40, 200)];
  return Uint8Array.from({ length: width * height * 3 }, (_, offset) => {
    const ramp = Math.floor(((Math.floor(offset / 3) % width) / width) * 40);
    return (base[offset % 3] ?? 0) + ramp + draws.integer(-30, 15);
  });
}

export function photo(width: number, height: number, seed = 1): Sharp {
  return sharp(randomPixels(width, height, seed), { raw: { width, height, channels: 3 } });
}

export const pngFile = (width: number, height: number, seed = 1) =>
  photo(width, height, seed).png().toBuffer();
export const jpegFile = (width: number, height: number, seed = 1) =>
  photo(width, height, seed).jpeg().toBuffer();

/** Writes files by their relative names. */
export function writeFiles(root: string, files: Record<string, Uint8Array | string>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** Two frames, the first as given. */
export async function animation(format: 'gif' | 'webp', width: number, height: number): Promise<Buffer> {
  const first = randomPixels(width, height, 1);
  const frames = Buffer.concat([first, first.map((value) => 255 - value)]);
  const stack = sharp(frames, { raw: { width, height: 2 * height, channels: 3, pageHeight: height } });
  return await (format === 'gif' ? stack.gif() : stack.webp({ lossless: true })).toBuffer();
}

/** A dataset in memory of images of several shapes, with ten images in val. */
export function datasetInMemory(images: number, shapes: readonly (readonly [number, number])[]): Dataset {
  const samples = (count: number, from: number) =>
    Array.from({ length: count }, (_, index) => {
      const [width, height] = shapes[index % shapes.length] ?? [40, 40];
      return {
        name: `class${index % 2}/${from + index}`,
        label: index % 2,
        source: {
          kind: 'pixels' as const,
          data: randomPixels(width, height, from + index),
          width,
          height,
          channels: 3 as const,
        },
      };
    });
  return {
    name: 'memory',
    classes: ['class0', 'class1'],
    train: samples(images, 0),
    val: samples(10, images),
    structure: [],
  };
}

export function runConfig(options: {
  crop: number;
  trainScale: TrainScale;
  batch: number;
  workers?: number;
  seed?: number;
  data?: Partial<RunConfig['data']>;
}): RunConfig {
  const defaults = runConfigSchema.parse({});
  return {
    ...defaults,
    network: { ...defaults.network, crop: options.crop },
    data: {
      ...defaults.data,
      trainScale: options.trainScale,
      workers: options.workers ?? 2,
      ...options.data,
    },
    training: { ...defaults.training, batch: options.batch, seed: options.seed ?? 1 },
  };
}
