/** How a set of images that comes without validation images was divided. */
export interface OwnSplit {
  /** Of each class's images, those that validate: between 0 and 1. */
  share: number;
  seed: number;
}

/** The share of a folder of classes that validates unless another is set. */
export const defaultValidationShare = 0.2;

/** `own split, 20 %, seed 1`: part of the dataset's name, so that it stands beside every number. */
export function ownSplitText({ share, seed }: OwnSplit): string {
  return `own split, ${Number((100 * share).toPrecision(6))} %, seed ${seed}`;
}

/** The dataset's name with its own split, where it has one. */
export function nameWithSplit(name: string, split: OwnSplit | null): string {
  return split === null ? name : `${name} (${ownSplitText(split)})`;
}

/** The part of a dataset's name that tells its own split; empty where it has none. */
export function splitInName(name: string): string {
  return / \(own split, [\d.e-]+ %, seed \d+\)$/.exec(name)?.[0] ?? '';
}
