import { countText } from './counts.ts';
import { percentText } from './percentages.ts';

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

/** The lowest top-1 error of a run's validations in %, and of how many classes. */
interface Validated {
  top1Error?: number | undefined;
  classes: number | null;
}

/** How many times the right answers of chance a net has to give to be called better. */
const beyondChance = 1.5;

/**
 * `back at chance level (2.30) since step 300`: the verdict on one training, with the loss that chance alone gives. A loss of
 * chance does not say that the net has learnt nothing: where its validation errs less than chance, that is said too.
 */
export function learningText(
  { kind, step, chanceLoss }: Learning & { chanceLoss: number },
  { top1Error = NaN, classes }: Validated = { classes: null },
): string {
  const byLoss = lossText({ kind, step }, `chance level (${chanceLoss.toFixed(2)})`);
  const ofChance = 100 / (classes ?? NaN);
  if (kind !== 'stalled' || !(100 - top1Error > beyondChance * ofChance)) return byLoss;
  return `${byLoss}, but validation errs less than chance: ${percentText(top1Error)} of ${percentText(100 - ofChance)}`;
}

function lossText({ kind, step }: Learning, chance: string): string {
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
