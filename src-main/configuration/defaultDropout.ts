/**
 * The share that is dropped when none is given: the paper's 0.5 at its width (Sect. 3.1), none at half of it or less, and
 * evenly in between. Narrow nets learn too little and not by heart: docs/results.md has what was measured.
 */
export function defaultDropout(width: number): number {
  return Math.min(0.5, Math.max(0, width - 0.5));
}
