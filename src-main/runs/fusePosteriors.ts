import { setImmediate as nextTurn } from 'node:timers/promises';
import { meanPosteriors } from '../evaluation/meanPosteriors.ts';
import { rankOfLabel } from '../evaluation/errors.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import type { ErrorRates } from '../vocabulary/errorRates.ts';
import { KeptPosteriors, type ScoredSet } from './folder/keptPosteriors.ts';

/** Errors in % of the mean of several nets' posteriors, and the images they are of. */
export interface FusedErrors extends ErrorRates {
  images: number;
  dataset: string;
}

/** The posteriors of one run. */
export interface FusionPart {
  run: string;
  path: string;
}

/** Number of images whose posteriors are in memory at once. */
const chunk = 1000;

/** What the mean of several nets' posteriors says of each image. */
export interface FusedPosteriors {
  errors: FusedErrors;
  /** The images it is of. */
  set: ScoredSet;
  /** For each image 1 if its label is the most probable class, else 0. */
  right: Uint8Array;
}

/**
 * The mean of posteriors (Sect. 4.4). They are read in parts, so that ILSVRC's 200 MB per net block nothing.
 *
 * @throws WorkbenchError `posteriors-unreadable`, `weights-corrupt`; `fusion-mismatch` if they are of other images or classes
 */
export async function fusePosteriors(parts: readonly FusionPart[]): Promise<FusedPosteriors> {
  const ranks: number[] = [];
  const set = await overMeans(parts, ({ mean, outputs, labels }) => {
    for (const [image, label] of labels.entries()) ranks.push(rankOfLabel(mean, outputs, image, label));
  });
  const { labels, dataset } = set;
  const missed = (places: number) => (100 * ranks.filter((rank) => rank >= places).length) / labels.length;
  return {
    errors: { top1Error: missed(1), top5Error: missed(5), images: labels.length, dataset },
    set,
    right: Uint8Array.from(ranks, (rank) => (rank === 0 ? 1 : 0)),
  };
}

interface MeanPart {
  /** [images, outputs] */
  mean: Float32Array;
  outputs: number;
  labels: readonly number[];
}

/** Computes the mean of posteriors part by part. @returns what was scored */
async function overMeans(parts: readonly FusionPart[], use: (part: MeanPart) => void): Promise<ScoredSet> {
  const opened: Opened[] = [];
  try {
    for (const { run, path } of parts) opened.push({ run, kept: new KeptPosteriors(path) });
    for (const { kept } of opened) await kept.requireIntact();
    const [first, ...others] = opened;
    if (!first) throw new Error('Nothing is fused of no nets.');
    for (const other of others) requireSame(first, other);
    const { outputs, set } = first.kept;
    for (let begin = 0; begin < set.labels.length; begin += chunk) {
      await nextTurn();
      const labels = set.labels.slice(begin, begin + chunk);
      const mean = meanPosteriors(opened.map(({ kept }) => kept.rows(begin, begin + labels.length)));
      use({ mean, outputs, labels });
    }
    return set;
  } finally {
    for (const { kept } of opened) kept.close();
  }
}

interface Opened {
  run: string;
  kept: KeptPosteriors;
}

function requireSame(one: Opened, other: Opened): void {
  const { set } = one.kept;
  const otherSet = other.kept.set;
  const difference =
    differenceOf(set, otherSet) ??
    (one.kept.outputs === other.kept.outputs
      ? null
      : `the nets have ${one.kept.outputs} and ${other.kept.outputs} outputs`);
  if (difference === null) return;
  throw new WorkbenchError(
    'fusion-mismatch',
    `Runs ${one.run} and ${other.run} cannot be fused: ${difference}.`,
    'Fuse runs that were scored on the same validation images, with the same classes.',
  );
}

function differenceOf(one: ScoredSet, other: ScoredSet): string | null {
  if (one.fingerprint === other.fingerprint) return null;
  if (one.classes.join('\n') !== other.classes.join('\n')) {
    const strange = one.classes.find((name) => !other.classes.includes(name));
    const example = strange === undefined ? '' : `, of which only the first has ${strange}`;
    return `they were scored on ${one.classes.length} classes of ${one.dataset} and ${other.classes.length} classes of ${other.dataset}${example}`;
  }
  return `they were scored on ${one.images.length} images of ${one.dataset} and ${other.images.length} other images of ${other.dataset}`;
}
