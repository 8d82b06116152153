import { WorkbenchError } from '../../foundation/errors.ts';

/**
 * Refuses weights that are no numbers: a net with one of them may still give posteriors, and these are wrong.
 *
 * @param name the tensor's name in the file
 * @throws WorkbenchError `weights-not-finite`
 */
export function requireFinite(values: Float32Array, name: string, path: string): void {
  const first = values.findIndex((value) => !Number.isFinite(value));
  if (first < 0) return;
  const count = values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  throw new WorkbenchError(
    'weights-not-finite',
    `${path}: ${count} of the ${values.length} values of ${name} are not finite; the first is ${values[first]}.`,
    'Use another file or checkpoint. If only layers are concerned that are not needed, copy the others with --copied-layers.',
  );
}
