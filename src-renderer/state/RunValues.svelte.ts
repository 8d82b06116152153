import { untrack } from 'svelte';
import type { KeyDescription, RunValues as Values } from '../../src-main/workbench/contract.ts';
import { api } from '../api/api.ts';
import { Loaded } from '../api/Loaded.svelte.ts';
import { runList } from './RunList.svelte.ts';

/** Metrics of runs that train change all the time: they are asked for again at most this often, in milliseconds. */
const lasts = 5000;

/** Settings and latest metrics of all runs, for columns, filters, groups and plots that are made of them. */
class RunValues {
  readonly #loaded = new Loaded<{ keys: readonly KeyDescription[]; values: Values }>();
  #askedAt = -Infinity;
  #askedFor = -1;

  /** Undefined until they came. */
  get current(): { keys: readonly KeyDescription[]; values: Values } | undefined {
    return this.#loaded.value;
  }

  /**
   * For an effect that reads the list of runs: brings them up to it.
   *
   * @param live whether metrics are looked at, which change while a run trains; settings do not
   */
  refresh({ live }: { live: boolean }): void {
    const { runs } = runList;
    const isNew = runs.length !== this.#askedFor;
    const isDue = live && performance.now() - this.#askedAt >= lasts;
    if (this.#loaded.loading || (!isNew && !isDue)) return;
    this.#askedAt = performance.now();
    this.#askedFor = runs.length;
    // The keys stay as they are while the program runs.
    const known = untrack(() => this.#loaded.value?.keys);
    void this.#loaded.load(async (signal) => {
      const [keys, values] = await Promise.all([
        known ?? api.keys(undefined, { signal }),
        api.runs.values(undefined, { signal }),
      ]);
      return { keys, values };
    });
  }
}

export const runValues = new RunValues();
