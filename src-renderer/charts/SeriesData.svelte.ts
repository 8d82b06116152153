import type { ErrorReport, RunSummary, Series } from '../../src-main/workbench/contract.ts';
import { api } from '../api/api.ts';
import { askAgain } from '../api/askAgain.ts';
import { isAborted, reportOf } from '../api/errors.ts';
import type { XAxis, XRange } from './curves.ts';
import { appended, stepsWithin, withDetail } from './points.ts';

type ByName = ReadonlyMap<string, Series>;
/** A part of an axis. */
interface Part {
  axis: XAxis;
  range: XRange;
  perEpoch: number | null;
}
type State = Pick<RunSummary, 'step' | 'status'>;

const maxPoints = 2000;
/** Until a zoom has come to rest, in milliseconds. */
const restAfter = 150;

/**
 * Series of a run for charts: thinned as a whole, and in detail where one has zoomed in. While the run trains, what is new
 * is added; the zoom stays.
 */
export class SeriesData {
  loaded = $state(false);
  error = $state.raw<ErrorReport | null>(null);
  #whole = $state.raw<ByName>(new Map());
  #detail = $state.raw<ByName>(new Map());
  readonly series: ByName = $derived.by(() => {
    if (this.#detail.size === 0) return this.#whole;
    return new Map(
      [...this.#whole].map(([name, series]) => {
        const detail = this.#detail.get(name);
        return [name, detail ? withDetail(series, detail) : series];
      }),
    );
  });
  readonly #id: string;
  readonly #names: string[];
  #known: State | null = null;
  #fetching: Promise<void> = Promise.resolve();
  #next: State | null = null;
  #zoom = new AbortController();

  constructor(id: string, names: readonly string[]) {
    this.#id = id;
    this.#names = [...names];
  }

  get(name: string): Series | undefined {
    return this.series.get(name);
  }

  /** Brings the series up to where the run is. Calls that come while one is under way become one more. */
  advance({ step, status }: State): void {
    const idle = this.#next === null;
    this.#next = { step, status };
    if (idle) this.#fetching = this.#fetching.then(() => this.#fetch());
  }

  /** Reads everything once more. */
  reload(): void {
    const state = this.#next ?? this.#known;
    this.#known = null;
    if (state) this.advance(state);
  }

  /** Fetches a part of the axis in detail; null goes back to the whole. `perEpoch` is as for {@link pointsOf}. */
  zoom(axis: XAxis, range: XRange | null, perEpoch: number | null): void {
    this.#zoom.abort();
    this.#zoom = new AbortController();
    if (range) void this.#fetchDetail({ axis, range, perEpoch }, this.#zoom.signal);
    else this.#detail = new Map();
  }

  async #fetch(): Promise<void> {
    const state = this.#next;
    this.#next = null;
    if (!state) return;
    const known = this.#known;
    // A run that is resumed goes on from its checkpoint: what came after it is gone.
    const whole = !known || state.step < known.step || state.status !== known.status || this.#isLong();
    try {
      const series = await askAgain(() =>
        api.runs.metrics({
          id: this.#id,
          names: this.#names,
          maxPoints,
          // The last step again: the validation at the end of an epoch belongs to the step before it.
          ...(whole ? {} : { fromStep: known.step }),
        }),
      );
      this.#known = state;
      this.error = null;
      this.loaded = true;
      const before = whole ? new Map<string, Series>() : new Map(this.#whole);
      for (const one of series) before.set(one.name, appended(before.get(one.name), one));
      this.#whole = before;
    } catch (error) {
      this.error = reportOf(error);
    }
  }

  /** Whether so much was added that the series must be thinned again. */
  #isLong(): boolean {
    return [...this.#whole.values()].some(({ steps }) => steps.length > 1.5 * maxPoints);
  }

  async #fetchDetail({ axis, range, perEpoch }: Part, signal: AbortSignal): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, restAfter));
    const steps = signal.aborted ? null : stepsWithin(this.#whole.values(), axis, range, perEpoch);
    if (!steps) return;
    try {
      const series = await askAgain(
        () => api.runs.metrics({ id: this.#id, names: this.#names, maxPoints, ...steps }, { signal }),
        signal,
      );
      if (!signal.aborted) this.#detail = new Map(series.map((one) => [one.name, one]));
    } catch (error) {
      if (!signal.aborted && !isAborted(error)) this.error = reportOf(error);
    }
  }
}
