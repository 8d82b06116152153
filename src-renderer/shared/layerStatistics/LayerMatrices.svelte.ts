import type { ErrorReport, LayerMatrix, LayerQuantity } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';

/** As many columns as can be told apart on a screen. */
const maxSteps = 240;
const millisecondsBetween = 2000;

/** A quantity of the layers of a run, asked for again as the run goes on, but not too often. */
export class LayerMatrices {
  readonly #loaded = new Loaded<LayerMatrix>();
  #asked: { id: string; quantity: LayerQuantity } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get matrix(): LayerMatrix | undefined {
    return this.#loaded.value;
  }

  get error(): ErrorReport | null {
    return this.#loaded.error;
  }

  /** Asks at once where another run or quantity is requested, else in a while. */
  want(id: string, quantity: LayerQuantity): void {
    const isNew = this.#asked?.id !== id || this.#asked.quantity !== quantity;
    this.#asked = { id, quantity };
    if (isNew) void this.load();
    else this.#timer ??= setTimeout(() => void this.load(), millisecondsBetween);
  }

  async load(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const asked = this.#asked;
    if (asked) await this.#loaded.load((signal) => api.runs.layers({ ...asked, maxSteps }, { signal }));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#loaded.clear();
  }
}
