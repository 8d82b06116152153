import { availableParallelism } from 'node:os';
import { z } from 'zod';
import type { Dataset, Sample } from './dataset.ts';
import { digestLength } from './fingerprint.ts';
import { findingSchema, type Finding, type Split } from './findings.ts';
import { ImageWorkers, referenceTo } from './ImageWorkers.ts';
import { inParallel } from './inParallel.ts';
import { addMoments, noMoments, statisticsOf, type TrainingStatistics } from './statistics.ts';

const triple = z.tuple([z.number(), z.number(), z.number()]);
const trainingStatisticsSchema = z.strictObject({
  images: z.int(),
  pixels: z.number(),
  mean: triple,
  eigenvalues: triple,
  eigenvectors: z.tuple([triple, triple, triple]),
}) satisfies z.ZodType<TrainingStatistics>;

/** The result of decoding every image of a dataset in full. */
export const inspectionSchema = z.strictObject({
  /** In the order of the samples, training images first. */
  findings: z.array(findingSchema),
  /** For each split the digests of its images, one after the other. */
  digests: z.strictObject({ train: z.string(), val: z.string() }),
  /** Statistics of the training images that decode; null if there are none. */
  statistics: trainingStatisticsSchema.nullable(),
});

export type Inspection = z.infer<typeof inspectionSchema>;
export type Progress = (done: number, total: number) => void;

export interface InspectionOptions {
  onProgress?: Progress | undefined;
  /** Threads at most; all cores unless given. */
  workers?: number | undefined;
  /** Threads that there are already: they are taken where no more are needed. */
  pool?: ImageWorkers | undefined;
  signal?: AbortSignal | undefined;
}

/** Images per request: the sums of requests are added in order, so that the threads' timing changes no result. */
const chunk = 32;

/**
 * Decodes every image in full, at full size, and computes the training set's statistics in the same pass.
 *
 * @throws the signal's reason
 */
export async function inspectDataset(
  dataset: Dataset,
  { onProgress, workers = availableParallelism(), pool: given, signal }: InspectionOptions = {},
): Promise<Inspection> {
  const total = dataset.train.length + dataset.val.length;
  // To start a thread takes as long as to decode some dozens of small images.
  const count = Math.max(1, Math.min(workers, Math.ceil(total / (2 * chunk))));
  const suffices = given !== undefined && given.count >= count;
  const pool = suffices ? given : new ImageWorkers({ count, cacheBytes: 0 });
  let done = 0;
  const advance = (images: number) => {
    signal?.throwIfAborted();
    done += images;
    onProgress?.(done, total);
  };
  try {
    const train = await inspectSplit(pool, 'train', dataset.train, advance);
    const val = await inspectSplit(pool, 'val', dataset.val, advance);
    return {
      findings: [...train.findings, ...val.findings],
      digests: { train: train.digests, val: val.digests },
      statistics: train.moments.pixels > 0 ? statisticsOf(train.moments) : null,
    };
  } finally {
    if (!suffices) await pool.close();
  }
}

/** The dataset with what was found to be the content of each image. */
export function withDigests(dataset: Dataset, { digests }: Inspection): Dataset {
  const known = (split: Split): Sample[] =>
    dataset[split].map((sample, index) => ({
      ...sample,
      digest: digests[split].slice(index * digestLength, (index + 1) * digestLength),
    }));
  return { ...dataset, train: known('train'), val: known('val') };
}

async function inspectSplit(
  pool: ImageWorkers,
  split: Split,
  samples: readonly Sample[],
  advance: (images: number) => void,
) {
  const starts = Array.from({ length: Math.ceil(samples.length / chunk) }, (_, index) => index * chunk);
  const moments = noMoments();
  const findings: Finding[] = [];
  const digests: string[] = [];
  // Two requests for each thread, so that a thread always has its next one waiting.
  const parts = await inParallel(starts, 2 * pool.count, async (start, lane) => {
    const end = Math.min(start + chunk, samples.length);
    const images = Array.from({ length: end - start }, (_, offset) => referenceTo(samples, start + offset));
    const answer = await pool.ask(lane, 'inspect', { images, withMoments: split === 'train' });
    advance(images.length);
    return { images, answer };
  });
  for (const { images, answer } of parts) {
    addMoments(moments, answer.moments);
    digests.push(...answer.digests);
    images.forEach(({ name }, position) => {
      for (const seen of answer.findings[position] ?? []) findings.push({ ...seen, split, subject: name });
    });
  }
  return { findings, digests: digests.join(''), moments };
}
