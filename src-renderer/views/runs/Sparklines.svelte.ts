import { SvelteMap } from 'svelte/reactivity';
import type { RunSummary } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { askAgain } from '../../api/askAgain.ts';
import { smooth } from '../../charts/smoothing.ts';
import { sparkPath } from './sparkPath.ts';

const series = 'train/loss';
const points = 60;
/** While a run trains its line is drawn anew after each hundredth of the way. */
const renewedAfter = 0.01;

/** The loss curves of the list, each asked for when its row is first seen, and kept for the next visit. */
class Sparklines {
  readonly #values = new SvelteMap<string, readonly number[]>();
  readonly #steps = new Map<string, number>();
  /** Rows whose line is still to be asked for: what came into sight last at the end, and of that the topmost last. */
  readonly #queued: string[] = [];
  /** Rows that came into sight just now, from top to bottom. */
  readonly #seen: string[] = [];
  #isAsking = false;

  want({ id, step, totalSteps }: RunSummary): void {
    const known = this.#steps.get(id);
    if (step === 0 || (known !== undefined && step - known < renewedAfter * (totalSteps ?? 0) + 1)) return;
    this.#steps.set(id, step);
    this.#seen.push(id);
    if (this.#seen.length > 1) return;
    queueMicrotask(() => {
      this.#queued.push(...this.#seen.splice(0).reverse());
      if (!this.#isAsking) void this.#ask();
    });
  }

  /** One after the other: a scroll through a long list must not flood the workbench. What is in sight comes before what was. */
  async #ask(): Promise<void> {
    this.#isAsking = true;
    for (let id = this.#queued.pop(); id !== undefined; id = this.#queued.pop()) {
      try {
        const [loss] = await askAgain(() => api.runs.metrics({ id, names: [series], maxPoints: points }));
        this.#values.set(id, smooth(loss?.values ?? [], 0.6));
      } catch {
        // A run without a line is no loss to report; it is asked for again.
        this.#steps.delete(id);
      }
    }
    this.#isAsking = false;
  }

  pathOf(id: string, width: number, height: number): string | undefined {
    const values = this.#values.get(id);
    return values && sparkPath(values, width, height);
  }
}

export const sparklines = new Sparklines();
