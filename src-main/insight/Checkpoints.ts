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

/** The weights of a checkpoint, and the mean that was subtracted from its images. */
export interface Weights {
  /** Identifies the state of the file when the weights were read. */
  key: string;
  parameters: Parameters;
  mean: Rgb;
}

/** Loads checkpoints and keeps the most recently used ones. */
export class Checkpoints {
  readonly #kept = new Recent<Weights>(maxBytes, ({ parameters }) => {
    parameters.dispose();
  });

  /**
   * Loads the weights. A file that has been rewritten, as `last` is at every epoch, is loaded again.
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
