import { countText } from './counts.ts';

/**
 * Whether a net learns, and since when.
 *
 * - `learns`: the loss is below chance level; `step` is where it last went below.
 * - `stalled`: the loss is not below; `step` is where it came back to chance level, null if it never left it.
 * - `diverged`: the loss was no longer a finite number at `step`.
 */
export interface Learning {
  kind: 'learns' | 'stalled' | 'diverged';
  step: number | null;
}

/** `back at chance level (2.30) since step 300`: the verdict on one training, with the loss that chance alone gives. */
export function learningText({ kind, step, chanceLoss }: Learning & { chanceLoss: number }): string {
  const chance = `chance level (${chanceLoss.toFixed(2)})`;
  const at = countText(step ?? 0);
  switch (kind) {
    case 'learns':
      return `below ${chance} since step ${at}`;
    case 'stalled':
      return step === null ? `never left ${chance}` : `back at ${chance} since step ${at}`;
    case 'diverged':
      return `diverged at step ${at}`;
  }
}
