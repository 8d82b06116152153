import { existsSync } from 'node:fs';
import type { Outcome } from '../../../statistics/outcome.ts';
import { WorkbenchError } from '../../../foundation/errors.ts';
import { identityOf } from '../../../foundation/files.ts';
import { Recent } from '../../../foundation/Recent.ts';
import { fusePosteriors, type FusedErrors, type FusionPart } from '../../../runs/fusePosteriors.ts';
import { predictionsKey, predictionsPath } from '../../../runs/folder/predictionsFile.ts';
import type { Evaluation } from '../../../runs/records.ts';
import type { RunLog } from '../../../runs/RunLog.ts';
import type { PredictionFiles } from '../PredictionFiles.ts';

/** Limit in bytes of what is kept: one for each image and evaluation; names of the same images are kept once. */
const maxBytes = 50e6;

/** The mean of posteriors: its errors, and which images it got right. */
export interface MeanOutcome {
  errors: FusedErrors;
  outcome: Outcome;
}

/** Which images each evaluation, and each mean of posteriors, got right: read once while the files do not change. */
export class Outcomes {
  readonly #known = new Recent<Outcome>(maxBytes);
  readonly #means = new Recent<MeanOutcome>(maxBytes);
  readonly #names = new Map<string, readonly string[]>();

  /** @throws WorkbenchError `predictions-missing`, `predictions-unreadable` */
  async of(log: RunLog, predictions: PredictionFiles, run: string, evaluation: Evaluation): Promise<Outcome> {
    const key = predictionsKey(evaluation);
    const path = predictionsPath(log.folder(run), key);
    // Reading says what is wrong.
    if (!existsSync(path)) await predictions.hits(log, run, key);
    return this.#known.get(identityOf(path), async () => {
      const hits = await predictions.hits(log, run, key);
      const read = { fingerprint: evaluation.datasetFingerprint, ...hits };
      requireSameError(path, read, evaluation);
      return { value: this.#shared(read), bytes: read.right.length };
    });
  }

  /** @throws WorkbenchError those of {@link fusePosteriors} */
  ofMean(parts: readonly FusionPart[]): Promise<MeanOutcome> {
    return this.#means.get(parts.map(({ path }) => identityOf(path)).join('\n'), async () => {
      const { errors, set, right } = await fusePosteriors(parts);
      const outcome = this.#shared({ fingerprint: set.fingerprint, names: set.images, right });
      return { value: { errors, outcome }, bytes: right.length };
    });
  }

  /** The same names of the same images as one list, so that they are kept once and known as the same at a glance. */
  #shared(outcome: Outcome): Outcome {
    const known = this.#names.get(outcome.fingerprint);
    const same =
      known?.length === outcome.names.length && outcome.names.every((name, index) => name === known[index]);
    if (known && same) return { ...outcome, names: known };
    this.#names.set(outcome.fingerprint, outcome.names);
    return outcome;
  }
}

/** Predictions that do not give the error of their evaluation are of another one. */
function requireSameError(path: string, { right }: Outcome, { images, top1Error }: Evaluation): void {
  const wrong = right.reduce((sum, one) => sum + 1 - one, 0);
  if (right.length === images && Math.abs((100 * wrong) / images - top1Error) < 1e-6) return;
  throw new WorkbenchError(
    'predictions-unreadable',
    `${path} gives ${wrong} of ${right.length} images wrong, and its evaluation ${top1Error} % of ${images}.`,
    'Evaluate the run again.',
    { kind: 'failure' },
  );
}
