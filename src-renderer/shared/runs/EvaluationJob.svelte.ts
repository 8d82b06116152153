import type { ErrorReport, EvaluationEvent, Protocol } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { reportOf } from '../../api/errors.ts';

type Evaluation = Extract<EvaluationEvent, { type: 'evaluation' }>['evaluation'];

/** An evaluation of a run that was asked for here; it is stopped when nobody waits for it any more. */
export class EvaluationJob {
  running = $state(false);
  share = $state<number | null>(null);
  activity = $state('starts');
  error = $state.raw<ErrorReport | null>(null);
  results = $state.raw<readonly Evaluation[]>([]);
  readonly #id: string;
  #stopped = new AbortController();

  constructor(id: string) {
    this.#id = id;
  }

  /**
   * @param protocols in place of the configuration's one
   * @returns whether it came to its end
   */
  async run(overrides: string[], protocols?: Protocol[]): Promise<boolean> {
    this.#stopped = new AbortController();
    const { signal } = this.#stopped;
    this.running = true;
    this.share = null;
    this.activity = 'starts';
    this.error = null;
    try {
      for await (const event of await api.evaluate({ run: this.#id, overrides, protocols }, { signal })) {
        if (event.type === 'evaluation') this.results = [...this.results, event.evaluation];
        else if (event.type === 'progress') {
          this.activity = event.activity;
          this.share = event.total === 0 ? null : event.done / event.total;
        } else if (event.type === 'unresponsive') this.activity = 'does not respond: wait, or stop it';
      }
      return true;
    } catch (error) {
      if (!signal.aborted) this.error = reportOf(error);
      return false;
    } finally {
      this.running = false;
    }
  }

  stop(): void {
    this.#stopped.abort();
  }
}
