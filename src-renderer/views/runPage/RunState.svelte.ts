import type { ErrorReport, RunDetails } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';

/** While a run trains its list entry changes twice a second; its details need not be asked for as often. */
const millisecondsBetween = 1000;

/** Everything about one run besides its curves, asked for again whenever the list reports a change. */
export class RunState {
  readonly id: string;
  readonly #details = new Loaded<RunDetails>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = -Infinity;

  constructor(id: string) {
    this.id = id;
  }

  get details(): RunDetails | undefined {
    return this.#details.value;
  }

  get error(): ErrorReport | null {
    return this.#details.error;
  }

  load(): Promise<unknown> {
    this.#askedAt = performance.now();
    return this.#details.load((signal) => api.runs.get({ id: this.id }, { signal }));
  }

  /** Asks again, but not too often. */
  refresh(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#askedAt + millisecondsBetween - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.load();
    }, wait);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#details.clear();
  }
}
