import { WorkbenchError } from '../foundation/errors.ts';

/** The class that a map is about, and what the net says of it. */
export interface ClassScore {
  label: number;
  logit: number;
  posterior: number;
}

/**
 * The scores of a class, or of the one that is predicted.
 *
 * @param label null for the predicted one: the greatest logit, of equal ones the first
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
