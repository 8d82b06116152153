import type { ErrorReport } from '../foundation/errors.ts';
import type { Augmentation } from './augmentation.ts';
import type { Sample } from './dataset.ts';
import type { ImageFinding } from './findings.ts';
import type { Moments } from './statistics.ts';

/** A sample as sent to a thread of the pool: `index` is its position in a list of samples, and `list` tells which. */
export type ImageReference = Omit<Sample, 'label'> & { list: number; index: number };

/** The tasks of a thread of the pool: the question and the answer of each. */
export interface ImageTasks {
  /** Random training crops: `[images, crop, crop, 3]`. */
  trainingCrops: {
    question: { images: ImageReference[]; epoch: number; augmentation: Augmentation };
    answer: Uint8Array<ArrayBuffer>;
  };
  /** Whole images with the smallest side `side`, all of the given size: `[images, height, width, 3]`. */
  wholeImages: {
    question: { images: ImageReference[]; side: number; width: number; height: number };
    answer: Uint8Array<ArrayBuffer>;
  };
  /** Central crops of images with the smallest side `side`: `[images, crop, crop, 3]`. */
  centralCrops: {
    question: { images: ImageReference[]; side: number; crop: number };
    answer: Uint8Array<ArrayBuffer>;
  };
  /** Upright sizes before rescaling, from the headers. */
  shapes: {
    question: { images: ImageReference[] };
    answer: { width: number; height: number }[];
  };
  /** Drops what is kept in memory of the images of a list. */
  forget: { question: { images: ImageReference[]; list: number }; answer: null };
  /** Decodes in full: what is wrong with or notable about each image, its digest, and sums over the pixels of those that decode. */
  inspect: {
    question: { images: ImageReference[]; withMoments: boolean };
    answer: { findings: ImageFinding[][]; digests: string[]; moments: Moments };
  };
}

export type ImageTask = keyof ImageTasks;

/** The messages between the pool and its threads. */
export type ImageQuestion = {
  [Task in ImageTask]: { id: number; task: Task; question: ImageTasks[Task]['question'] };
}[ImageTask];
export type ImageAnswer =
  { id: number; answer: ImageTasks[ImageTask]['answer'] } | { id: number; error: ErrorReport };
export interface ImageWorkerData {
  cacheBytes: number;
}
