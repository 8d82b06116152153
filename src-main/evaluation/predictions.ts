/** The classes kept of an image: enough for top-1 and top-5 errors. */
export const keptClasses = 5;

/** The prediction for one image. */
export interface ScoredImage {
  /** Posterior of the label. */
  posterior: number;
  /** Greatest posterior first, at most {@link keptClasses}; equal ones in the order of their classes. */
  top: { label: number; posterior: number }[];
}

/**
 * The most probable classes of one image. The order is that of `rankOfLabel`, so that the position of a label among
 * them is its rank; a posterior that is NaN has none.
 *
 * @param posteriors [images, classes], row by row
 */
export function scoredImage(
  posteriors: Float32Array,
  classes: number,
  image: number,
  label: number,
): ScoredImage {
  const row = posteriors.subarray(image * classes, (image + 1) * classes);
  return { posterior: row[label] ?? NaN, top: topClasses(row) };
}

/** The greatest values of a row of posteriors with their classes, greatest first. */
export function topClasses(row: Float32Array): ScoredImage['top'] {
  const top: ScoredImage['top'] = [];
  for (const [label, posterior] of row.entries()) {
    if (Number.isNaN(posterior) || posterior <= (top[keptClasses - 1]?.posterior ?? -Infinity)) continue;
    const place = top.findIndex((other) => posterior > other.posterior);
    top.splice(place < 0 ? top.length : place, 0, { label, posterior });
    top.length = Math.min(top.length, keptClasses);
  }
  return top;
}
