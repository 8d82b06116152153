import { statSync } from 'node:fs';
import { Recent } from '../insight/Recent.ts';
import { fusePosteriors, type FusedErrors, type FusionPart } from '../runs/fusePosteriors.ts';

const mostKept = 1000;

/** Errors of fused posteriors, each worked out once while its files stay as they are. */
export class Fusions {
  readonly #known = new Recent<FusedErrors>(mostKept);

  /** @throws WorkbenchError those of {@link fusePosteriors} */
  of(parts: readonly FusionPart[]): Promise<FusedErrors> {
    const files = parts.map(({ path }) => {
      const { mtimeMs, size } = statSync(path);
      return `${path}@${mtimeMs}@${size}`;
    });
    return this.#known.get(files.join('\n'), async () => ({ value: await fusePosteriors(parts), bytes: 1 }));
  }
}
