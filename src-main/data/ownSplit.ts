import { createHash } from 'node:crypto';
import { WorkbenchError } from '../foundation/errors.ts';
import { ownSplitText, type OwnSplit } from '../vocabulary/ownSplit.ts';
import type { Finding } from './findings.ts';
import { compareNames, type ImageFile } from './scanFolder.ts';

/** How images without a val/ of their own are to be divided. */
export interface SplitChoice {
  /** Null: 20 % of a folder of classes, while a train/ without val/ stays whole. */
  validationShare: number | null;
  splitSeed: number;
}

export const usualSplit: SplitChoice = { validationShare: null, splitSeed: 1 };

/** The images of one class. */
export interface ClassImages {
  name: string;
  images: ImageFile[];
}

export interface Division {
  train: ClassImages[];
  val: ClassImages[];
}

/**
 * Divides the images of every class into those that train and those that validate. Of a class of n images the
 * share × n, rounded, validate, but at least one and at most n − 1: those whose SHA-256 of `SEED/CLASS/FILE` (names in
 * Unicode's form NFC) is least. So the division depends on names, share and seed alone, neither on the order of a folder
 * nor on the machine, and an image that is added moves at most one other.
 *
 * @throws WorkbenchError `class-too-small` where a class has fewer than two images
 */
export function divideClasses(classes: readonly ClassImages[], split: OwnSplit, root: string): Division {
  const small = classes.find(({ images }) => images.length < 2);
  if (small !== undefined) {
    const { length } = small.images;
    throw new WorkbenchError(
      'class-too-small',
      `The class ${small.name} of ${root} has ${length === 0 ? 'no image' : 'one image'}, too few to train on some and validate on others.`,
      'Give each class two images or more, or move the folder elsewhere if it is no class.',
    );
  }
  const divided = classes.map((one) => ({ one, chosen: validating(one, split) }));
  const part = (validates: boolean) =>
    divided.map(({ one: { name, images }, chosen }) => ({
      name,
      images: images.filter((image) => chosen.has(image) === validates),
    }));
  return { train: part(false), val: part(true) };
}

function validating({ name, images }: ClassImages, { share, seed }: OwnSplit): Set<ImageFile> {
  const rounded = Math.round(share * images.length);
  const count = Math.min(Math.max(rounded, 1), images.length - 1);
  const ranked = images.map((image) => ({ image, rank: rankOf(`${seed}/${name}/${image.file}`) }));
  ranked.sort((a, b) => compareNames(a.rank, b.rank) || compareNames(a.image.file, b.image.file));
  return new Set(ranked.slice(0, count).map(({ image }) => image));
}

function rankOf(name: string): string {
  return createHash('sha256').update(name.normalize('NFC')).digest('hex');
}

/** Says that the images were divided here: nobody has chosen these validation images but this program. */
export function ownSplitNote(dataset: string, split: OwnSplit, { train, val }: Division): Finding {
  const count = (classes: readonly ClassImages[]) =>
    classes.reduce((sum, { images }) => sum + images.length, 0);
  return {
    code: 'own-split',
    severity: 'note',
    split: null,
    subject: dataset,
    fact:
      `No validation images of its own: ${count(val)} of its ${count(train) + count(val)} images validate (${ownSplitText(split)}), ` +
      'drawn from each class alike. See data.validationShare and data.splitSeed.',
  };
}

/** Says that a share was set for nothing. */
export function splitUnusedNote(dataset: string, share: number): Finding {
  return {
    code: 'split-unused',
    severity: 'note',
    split: null,
    subject: dataset,
    fact: `It has validation images of its own, so data.validationShare (${share}) changes nothing.`,
  };
}
