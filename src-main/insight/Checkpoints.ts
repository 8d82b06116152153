import { existsSync } from 'node:fs';
import type { Rgb } from '../configuration/schema.ts';
import { readParameters } from '../vgg/weights/readParameters.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { identityOf } from '../foundation/files.ts';
import { readCheckpoint } from '../training/checkpoint.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import { Recent } from '../foundation/Recent.ts';

/** Net D's weights are 553 MB: two checkpoints of it can be compared without loading either again. */
const maxBytes = 1.2e9;

/** The weights of a checkpoint, and what its images had subtracted. */
export interface Weights {
  /** Of the file as it was when they were read. */
  key: string;
  parameters: Parameters;
  mean: Rgb;
}

/** Loads checkpoints and keeps those used last. */
export class Checkpoints {
  readonly #kept = new Recent<Weights>(maxBytes, ({ parameters }) => {
    parameters.dispose();
  });

  /**
   * A file that was written anew, as `last` is at every epoch, is loaded anew.
   *
   * @throws WorkbenchError `checkpoint-missing`, those of damaged weights
   */
  load(path: string): Promise<Weights> {
    if (!existsSync(path)) {
      throw new WorkbenchError(
        'checkpoint-missing',
        `There is no checkpoint ${path}.`,
        'Choose another checkpoint of the run.',
      );
    }
    const key = identityOf(path);
    return this.#kept.get(key, () => {
      const { architecture, state } = readCheckpoint(path);
      const parameters = readParameters(path, architecture);
      const bytes = 4 * parameters.variables().reduce((sum, { size }) => sum + size, 0);
      return { value: { key, parameters, mean: state.mean }, bytes };
    });
  }

  /** Frees the weights. */
  close(): void {
    this.#kept.clear();
  }
}
