import { createHash, hash as digest } from 'node:crypto';
import type { Dataset, Sample } from './dataset.ts';

/*
 * Two answers to "are these still the same images?". ImageNet has 1.3 million files and 150 GB, which nobody wants read
 * twice. The stamp needs only what listing the files tells anyway, and holds for this disk: it is the key of what was
 * found out by decoding them. The fingerprint is of the files' contents and holds for every copy: runs are resumed and
 * fused by it. Its digests are taken as a by-product of the one pass in which every image is decoded, where hashing
 * costs a hundredth of the time, and they are kept with the result under the stamp.
 */

/** Characters of a digest: 96 bits, so that a million of them make 16 MB and no two files meet by chance. */
export const digestLength = 16;

const splits = ['train', 'val'] as const;

export function digestOf(bytes: Uint8Array): string {
  return digest('sha256', bytes, 'base64url').slice(0, digestLength);
}

/**
 * Changes with any name, label, size or time of change of a file, also where a tool gave a new file the size and time of
 * modification of the old one. A copy of the dataset has another stamp.
 */
export function stampOf(dataset: Dataset): string {
  return hashOf(dataset, 32, ({ name, label, source, times }) =>
    source.kind === 'file'
      ? `${name}\t${label}\t${source.bytes}\t${times?.modified ?? 0}\t${times?.changed ?? 0}`
      : `${name}\t${label}\t${source.data.byteLength}`,
  );
}

/**
 * Changes with the classes, and with any name, label or content of an image, and with nothing else: neither the folder
 * nor the time matters.
 *
 * @param dataset one whose images were inspected, so that their digests are known
 */
export function fingerprintOf(dataset: Dataset): string {
  return hashOf(dataset, 40, ({ name, label, digest }) => {
    if (digest === undefined) throw new Error(`The content of ${name} is not known.`);
    return `${name.normalize('NFC')}\t${label}\t${digest}`;
  });
}

/** The fingerprint of versions up to 0.2.0, of names, labels and sizes, by which runs that they began are resumed. */
export function earlierFingerprintOf(dataset: Dataset): string {
  return hashOf(dataset, 32, ({ name, label, source }) => {
    return `${name}\t${label}\t${source.kind === 'file' ? source.bytes : source.data.byteLength}`;
  });
}

/** Whether a fingerprint that was kept is of the dataset. */
export function isFingerprintOf(kept: string, dataset: Dataset): boolean {
  return kept === (kept.length === 32 ? earlierFingerprintOf(dataset) : fingerprintOf(dataset));
}

function hashOf(dataset: Dataset, length: number, lineOf: (sample: Sample) => string): string {
  const hash = createHash('sha256').update(JSON.stringify(dataset.classes));
  for (const split of splits) {
    hash.update(`\n${split}`);
    for (const sample of dataset[split]) hash.update(`\n${lineOf(sample)}`);
  }
  return hash.digest('hex').slice(0, length);
}
