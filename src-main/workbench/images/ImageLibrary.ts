import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Dataset, Sample, SampleSource } from '../../data/dataset.ts';
import { requireImage } from '../../data/oneImage.ts';
import { lastingLocation, openDataset } from '../../data/openDataset.ts';
import { usualSplit, type SplitChoice } from '../../data/ownSplit.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { bytesOf, fileError } from '../../foundation/files.ts';
import { expanded } from '../../foundation/home.ts';
import { cachedFor } from '../../foundation/cachedFor.ts';
import { bytesText } from '../../vocabulary/bytes.ts';
import type { ImageReference } from '../contract.ts';

const largestUpload = 50e6;
const datasetsKept = 4;
/** How long an opened dataset is kept. Opening lists every file, too slow for each image; yet files may be added. */
const millisecondsKept = 5 * 60_000;

/** The images that can be looked at: from datasets, from files of the machine, and those sent by a window. */
export class ImageLibrary {
  readonly #datasets = new Map<string, () => Promise<Dataset>>();
  readonly #uploads = new Map<string, SampleSource>();
  #uploadFolder: string | undefined;

  /** A dataset in its state of at most five minutes ago. @throws WorkbenchError those of `openDataset` */
  dataset(location: string, choice: SplitChoice = usualSplit): Promise<Dataset> {
    const place = lastingLocation(location);
    const key = [place, choice.validationShare, choice.splitSeed].join('\n');
    const dataset = this.#datasets.get(key) ?? cachedFor(millisecondsKept, () => openDataset(place, choice));
    this.#datasets.delete(key);
    this.#datasets.set(key, dataset);
    for (const oldest of [...this.#datasets.keys()].slice(0, -datasetsKept)) this.#datasets.delete(oldest);
    return dataset();
  }

  /** @throws WorkbenchError `image-unknown`, those of the dataset */
  async sourceOf(image: ImageReference): Promise<SampleSource> {
    switch (image.kind) {
      case 'dataset':
        return (await this.sampleOf(image)).source;
      case 'file': {
        const path = resolve(expanded(image.path));
        return { kind: 'file', path, bytes: bytesOf(path) };
      }
      case 'upload': {
        const source = this.#uploads.get(image.id);
        if (!source) throw unknown('The image that was sent is no longer here.', 'Send it again.');
        return source;
      }
    }
  }

  /** @throws WorkbenchError `image-unknown`, those of the dataset */
  async sampleOf({ dataset, split, name }: Extract<ImageReference, { kind: 'dataset' }>): Promise<Sample> {
    const opened = await this.dataset(dataset);
    const sample = opened[split].find((each) => each.name === name);
    if (sample) return sample;
    // Where a run has divided the images, which split one is in is the run's matter; there is only one of its name.
    const isDivided = opened.ownSplit !== undefined || opened.val.length === 0;
    const other = isDivided && [...opened.train, ...opened.val].find((each) => each.name === name);
    if (other) return other;
    throw unknown(`There is no image ${name} in ${split} of ${dataset}.`, 'Choose another image.');
  }

  /** Stores an uploaded image file. @throws WorkbenchError `image-too-large`, `image-unreadable`, `disk-full` */
  async takeIn(file: Blob): Promise<string> {
    if (file.size > largestUpload) {
      throw new WorkbenchError(
        'image-too-large',
        `The file has ${bytesText(file.size)}; at most ${bytesText(largestUpload)} are taken.`,
        'Send a smaller image.',
      );
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    await requireImage('that was sent', bytes);
    this.#uploadFolder ??= mkdtempSync(join(tmpdir(), 'vgg-uploads-'));
    const id = randomUUID();
    const path = join(this.#uploadFolder, id);
    try {
      writeFileSync(path, bytes);
    } catch (error) {
      throw fileError(error, path);
    }
    this.#uploads.set(id, { kind: 'file', path, bytes: bytes.byteLength });
    return id;
  }

  /** Deletes the uploaded images. */
  close(): void {
    this.#uploads.clear();
    if (this.#uploadFolder !== undefined) rmSync(this.#uploadFolder, { recursive: true, force: true });
    this.#uploadFolder = undefined;
  }
}

function unknown(fact: string, nextStep: string): WorkbenchError {
  return new WorkbenchError('image-unknown', fact, nextStep);
}
