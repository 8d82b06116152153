import { WorkbenchError } from '../foundation/errors.ts';

/** The class that a map is about, and its scores. */
export interface ClassScore {
  label: number;
  logit: number;
  posterior: number;
}

/**
 * The scores of a class, or of the predicted one.
 *
 * @param label null for the predicted class: the one with the greatest logit, the first if several are equal
 * @throws WorkbenchError `class-unknown`
 */
export function classScore(logits: Float32Array, posteriors: Float32Array, label: number | null): ClassScore {
  const requested =
    label ?? logits.reduce((best, value, at) => (value > (logits[best] ?? NaN) ? at : best), 0);
  const [logit, posterior] = [logits[requested], posteriors[requested]];
  if (logit === undefined || posterior === undefined) {
    throw new WorkbenchError(
      'class-unknown',
      `The net has no class ${requested}.`,
      `Choose a class from 0 to ${logits.length - 1}.`,
    );
  }
  return { label: requested, logit, posterior };
}
