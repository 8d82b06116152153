import { identityOf } from '../../foundation/files.ts';
import { Recent } from '../../foundation/Recent.ts';
import { fusePosteriors, type FusedErrors, type FusionPart } from '../../runs/fusePosteriors.ts';

/** Each counts as one byte of what is kept: an error rate is small, whatever it was computed from. */
const maxKept = 1000;

/** Errors of fused posteriors, each computed once while its files do not change. */
export class Fusions {
  readonly #known = new Recent<FusedErrors>(maxKept);

  /** @throws WorkbenchError those of {@link fusePosteriors} */
  of(parts: readonly FusionPart[]): Promise<FusedErrors> {
    const key = parts.map(({ path }) => identityOf(path)).join('\n');
    return this.#known.get(key, async () => ({ value: await fusePosteriors(parts), bytes: 1 }));
  }
}
