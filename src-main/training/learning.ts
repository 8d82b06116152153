import type { Learning } from '../vocabulary/learning.ts';
import { median } from '../vocabulary/statistics.ts';

/** The loss is judged by its median over so many steps: single batches vary, and one spike is not a stall. */
export const smoothedSteps = 20;

/** Share of ln(classes) below which a loss is better than chance. */
export const shareOfChance = 0.95;

/** Cross-entropy of a net that gives all classes the same probability: ln(classes). */
export function chanceLoss(classes: number): number {
  return Math.log(classes);
}

/**
 * Follows the loss of a run and says whether it learns: whether the median loss of the last {@link smoothedSteps} steps
 * is below 95 % of {@link chanceLoss}. This is a low bar: with classes of different sizes even a net that ignores its
 * input may get below ln(classes). A net that stops improving, but is better than chance, has not stalled in this
 * sense.
 */
export class LearningWatch {
  readonly #threshold: number;
  /** The latest losses, each in the place of its number, counted around. */
  readonly #latest = new Float64Array(smoothedSteps);
  #seen = 0;
  /** How many of the latest are below the threshold. */
  #below = 0;
  #verdict: Learning | null = null;

  constructor(classes: number) {
    this.#threshold = shareOfChance * chanceLoss(classes);
  }

  /** Null while there are too few steps to say. */
  get verdict(): Learning | null {
    return this.#verdict;
  }

  /** @param loss cross-entropy of one batch, in the order of the steps */
  see(step: number, loss: number): void {
    if (this.#verdict?.kind === 'diverged') return;
    if (!Number.isFinite(loss)) {
      this.#verdict = { kind: 'diverged', step };
      return;
    }
    const place = this.#seen % smoothedSteps;
    if (this.#seen >= smoothedSteps && (this.#latest[place] ?? NaN) < this.#threshold) this.#below--;
    this.#latest[place] = loss;
    this.#seen++;
    if (loss < this.#threshold) this.#below++;
    if (this.#seen < smoothedSteps) return;
    const kind = this.#isMedianBelow() ? 'learns' : 'stalled';
    if (kind === this.#verdict?.kind) return;
    this.#verdict = { kind, step: kind === 'stalled' && this.#verdict === null ? null : step };
  }

  /** The median lies between the two middle values, so it is computed only where they are on different sides. */
  #isMedianBelow(): boolean {
    const half = smoothedSteps / 2;
    return this.#below === half ? median([...this.#latest]) < this.#threshold : this.#below > half;
  }
}

/** The verdict on a whole series of losses: null if there are too few to say. */
export function learningOf(
  { steps, values }: { steps: readonly number[]; values: readonly number[] },
  classes: number,
): Learning | null {
  const watch = new LearningWatch(classes);
  for (const [index, step] of steps.entries()) watch.see(step, values[index] ?? NaN);
  return watch.verdict;
}
