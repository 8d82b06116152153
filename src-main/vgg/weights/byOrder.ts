import type { WeightsFile } from '../../weights/WeightsFile.ts';
import type { ParametricLayer } from '../layers.ts';
import { shapesFit } from './fits.ts';
import { nameOrder, type NameOrder } from './nameOrder.ts';
import type { StoredLayer } from './storedLayers.ts';

/** The stored layers in the order of a net's; or the two whose order nothing shows; or nothing. */
export type Ordering =
  | { kind: 'found'; stored: readonly StoredLayer[] }
  | { kind: 'ambiguous'; between: readonly [string, string] }
  | { kind: 'none' };

/** More steps than any net of nineteen layers needs. */
const maxSteps = 20_000;

/**
 * Finds the layers of a net among those of a file, whatever their names, by shape and order. The order is that of the
 * numbers in the names; where these leave a choice between layers of one shape, it is the order in the file, if that
 * means anything; otherwise there is no telling, nor where the two contradict each other.
 */
export function byOrder(
  file: Pick<WeightsFile, 'format' | 'isOrdered'>,
  stored: readonly StoredLayer[],
  net: readonly ParametricLayer[],
): Ordering {
  const fits = net.map((layer) => new Set(stored.filter((one) => shapesFit(one, layer, file.format))));
  const order = nameOrder(stored.map(({ path }) => path));
  const inFile = file.isOrdered ? sequenceIn(stored, fits) : undefined;
  const found = solutions(stored, fits, order);
  const [first, second] = found;
  if (!first) return inFile ? { kind: 'found', stored: inFile } : { kind: 'none' };
  if (inFile && keeps(inFile, order)) return { kind: 'found', stored: inFile };
  const other = second ?? inFile;
  if (!other) return { kind: 'found', stored: first };
  const differs = first.findIndex((one, index) => one !== other[index]);
  const between = [first[differs]?.path ?? '', other[differs]?.path ?? ''] as const;
  return { kind: 'ambiguous', between };
}

function keeps(sequence: readonly StoredLayer[], order: NameOrder): boolean {
  return sequence.every((one, index) =>
    sequence.slice(index + 1).every((later) => (order(one.path, later.path) ?? 0) <= 0),
  );
}

/** The layers as they stand in the file, if each fits its place. Those that fit no place are passed over. */
function sequenceIn(
  stored: readonly StoredLayer[],
  fits: readonly ReadonlySet<StoredLayer>[],
): StoredLayer[] | undefined {
  const candidates = stored.filter((one) => fits.some((set) => set.has(one))).slice(0, fits.length);
  const isWhole = candidates.length === fits.length;
  return isWhole && candidates.every((one, index) => fits[index]?.has(one)) ? candidates : undefined;
}

/** At most two ways to put stored layers in the places of a net such that no number comes after a larger one. */
function solutions(
  stored: readonly StoredLayer[],
  fits: readonly ReadonlySet<StoredLayer>[],
  order: NameOrder,
): StoredLayer[][] {
  const found: StoredLayer[][] = [];
  const chosen: StoredLayer[] = [];
  let steps = 0;
  const search = (unused: readonly StoredLayer[]) => {
    const place = fits[chosen.length];
    if (place === undefined) found.push([...chosen]);
    else if (++steps < maxSteps) {
      for (const one of unused) {
        const isFirst = unused.every((other) => other === one || (order(other.path, one.path) ?? 0) >= 0);
        if (!isFirst || !place.has(one) || found.length > 1) continue;
        chosen.push(one);
        search(unused.filter((other) => other !== one));
        chosen.pop();
      }
    }
  };
  search(stored.filter((one) => fits.some((set) => set.has(one))));
  return found;
}
