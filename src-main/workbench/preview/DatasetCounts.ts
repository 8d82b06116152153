import type { Split } from '../../data/findings.ts';
import { requireSplits } from '../../data/dataset.ts';
import { lastingLocation, openDataset } from '../../data/openDataset.ts';
import type { SplitChoice } from '../../data/ownSplit.ts';
import { cachedFor } from '../../foundation/cachedFor.ts';
import { countsOf, type CountedDataset } from '../inputs/classesOfNet.ts';

/** How long counts are kept. Opening lists every file, which a form must not wait for at each key press. */
const millisecondsKept = 60_000;
const maxKept = 20;

/** The numbers of images and classes of datasets, each counted again after a minute. */
export class DatasetCounts {
  readonly #datasets = new Map<string, () => Promise<CountedDataset>>();

  /** @throws WorkbenchError those of {@link openDataset}; `split-missing` if it lacks what is needed */
  of(location: string, splits: readonly Split[], choice: SplitChoice): Promise<CountedDataset> {
    const place = lastingLocation(location);
    const key = [place, choice.validationShare, choice.splitSeed, ...splits].join('\n');
    const known = this.#datasets.get(key) ?? cachedFor(millisecondsKept, () => count(place, splits, choice));
    // The most recently requested one comes last.
    this.#datasets.delete(key);
    this.#datasets.set(key, known);
    const [oldest] = this.#datasets.keys();
    if (this.#datasets.size > maxKept && oldest !== undefined) this.#datasets.delete(oldest);
    return known();
  }
}

async function count(
  location: string,
  splits: readonly Split[],
  choice: SplitChoice,
): Promise<CountedDataset> {
  const dataset = await openDataset(location, choice);
  requireSplits(dataset, splits);
  return countsOf(dataset, splits);
}
