import { WorkbenchError } from '../foundation/errors.ts';
import { pairedCounts, type PairedCounts } from './paired.ts';

/** Which images an evaluation got right. */
export interface Outcome {
  /** Fingerprint of the validation images. */
  fingerprint: string;
  /** `CLASS/FILE`, in the order of the images. */
  names: readonly string[];
  /** For each image 1 if its label is the most probable class, else 0. */
  right: Uint8Array;
}

/** Why two outcomes are not of the same images; undefined if they are. */
export function otherImages(first: Outcome, second: Outcome): string | undefined {
  if (first.fingerprint !== second.fingerprint) return 'they were scored on different images';
  if (first.names === second.names) return undefined;
  if (first.names.length !== second.names.length)
    return `one has the predictions of ${first.names.length} images, the other of ${second.names.length}`;
  const known = new Set(first.names);
  const strange = second.names.find((name) => !known.has(name));
  return strange === undefined ? undefined : `only one of them has a prediction of ${strange}`;
}

/** Pairs two outcomes image by image. @throws WorkbenchError `claims-other-images` */
export function pairOutcomes(first: Outcome, second: Outcome): PairedCounts {
  const difference = otherImages(first, second);
  if (difference !== undefined) {
    throw new WorkbenchError(
      'claims-other-images',
      `The two evaluations cannot be compared: ${difference}.`,
      'Choose runs that were scored on the same validation images, or score one of them on the images of the other.',
    );
  }
  return pairedCounts(first.right, inOrderOf(first.names, second));
}

/** Which images were right, in another order of the same names. */
export function inOrderOf(names: readonly string[], outcome: Outcome): Uint8Array {
  if (names === outcome.names) return outcome.right;
  const place = new Map(outcome.names.map((name, index) => [name, index]));
  return Uint8Array.from(names, (name) => outcome.right[place.get(name) ?? -1] ?? 0);
}
