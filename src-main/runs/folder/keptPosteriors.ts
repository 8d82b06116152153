import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../../foundation/errors.ts';
import { SafetensorsFile, writeSafetensors } from '../../foundation/safetensors.ts';
import type { RunFolder } from './RunFolder.ts';

/** What an evaluation scored: the names of the classes by label, and the images with their labels. */
export interface ScoredSet {
  /** Fingerprint of the validation images: two sets with the same one are the same. */
  fingerprint: string;
  dataset: string;
  classes: string[];
  /** `CLASS/FILE`. */
  images: string[];
  labels: number[];
}

const tensor = 'posteriors';
/** A sum of float32 may pass 1. */
const largest = 1.001;

/** A list stored as text, since the metadata of a safetensors file are texts. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(item));
const setSchema = z.object({
  fingerprint: z.string(),
  dataset: z.string(),
  classes: listOf(z.string()),
  images: listOf(z.string()),
  labels: listOf(z.int().min(0)),
});

/** `posteriors/KEY.safetensors` in a run's folder; the key is the one of the evaluation's predictions. */
export function posteriorsPath(folder: RunFolder, key: string): string {
  return join(folder.posteriors, `${key}.safetensors`);
}

export function hasPosteriors(folder: RunFolder, key: string): boolean {
  return existsSync(posteriorsPath(folder, key));
}

/**
 * Writes the posteriors of every image of an evaluation, completely or not at all.
 *
 * @param posteriors [images, outputs], float32; a net may have more outputs than the dataset has classes
 * @throws WorkbenchError `disk-full`, `write-failed`
 */
export function writeKeptPosteriors(path: string, posteriors: Float32Array, set: ScoredSet): void {
  const { fingerprint, dataset, images } = set;
  writeSafetensors(
    path,
    [
      {
        name: tensor,
        shape: [images.length, images.length === 0 ? 0 : posteriors.length / images.length],
        values: () => posteriors,
      },
    ],
    {
      fingerprint,
      dataset,
      classes: JSON.stringify(set.classes),
      images: JSON.stringify(images),
      labels: JSON.stringify(set.labels),
    },
  );
}

/** The posteriors of one evaluation, open for reading. */
export class KeptPosteriors {
  readonly set: ScoredSet;
  readonly outputs: number;
  readonly #file: SafetensorsFile;

  /** @throws WorkbenchError `posteriors-unreadable` */
  constructor(path: string) {
    let file: SafetensorsFile | undefined;
    try {
      file = new SafetensorsFile(path);
      this.#file = file;
      this.set = setSchema.parse(file.metadata);
      const [images, outputs] = file.tensors.get(tensor)?.shape ?? [];
      const { length } = this.set.images;
      if (images !== length || this.set.labels.length !== length || outputs === undefined || length === 0)
        throw new Error('There is a row for each image.');
      const strange = this.set.labels.find((label) => label >= Math.min(outputs, this.set.classes.length));
      if (strange !== undefined) throw new Error(`There is no class ${strange}.`);
      this.outputs = outputs;
    } catch (error) {
      file?.close();
      throw new WorkbenchError(
        'posteriors-unreadable',
        `${path} holds no posteriors of an evaluation.`,
        'Evaluate the run again.',
        { kind: 'failure', cause: error },
      );
    }
  }

  /**
   * Compares the whole file with its checksum; other work runs in between.
   *
   * @throws WorkbenchError `weights-corrupt`
   */
  requireIntact(): Promise<void> {
    return this.#file.requireIntact();
  }

  /**
   * The posteriors of the images from `begin` to before `end`: [images, outputs].
   *
   * @throws WorkbenchError `posteriors-unreadable` if one is no number from 0 to 1
   */
  rows(begin: number, end: number): Float32Array {
    const rows = this.#file.readPart(tensor, begin * this.outputs, end * this.outputs);
    const strange = rows.findIndex((posterior) => !(posterior >= 0 && posterior <= largest));
    if (strange < 0) return rows;
    const image = this.set.images[begin + Math.floor(strange / this.outputs)] ?? '';
    throw new WorkbenchError(
      'posteriors-unreadable',
      `${this.#file.path} gives ${image} a posterior of ${rows[strange] ?? NaN}, so no error follows from it.`,
      'Evaluate the run again.',
      { kind: 'failure' },
    );
  }

  close(): void {
    this.#file.close();
  }
}
