import type { ScoredEvaluation } from '../../../../src-main/workbench/contract.ts';
import { ownEvaluation, type OwnWay } from './ownEvaluation.ts';
import { api } from '../../../api/api.ts';
import { Loaded } from '../../../api/Loaded.svelte.ts';

/**
 * The evaluations of a run that kept their predictions, and the one that is looked at: that of the errors in the page's head,
 * unless another is chosen.
 */
export class Evaluations {
  readonly #own: () => OwnWay;
  readonly loaded = new Loaded<ScoredEvaluation[]>();
  #chosen = $state('');
  readonly list: readonly ScoredEvaluation[] = $derived(this.loaded.value ?? []);
  readonly key: string = $derived.by(
    () =>
      (this.list.find(({ key }) => key === this.#chosen) ?? ownEvaluation(this.list, this.#own()))?.key ?? '',
  );

  /** @param own how the run itself is evaluated */
  constructor(own: () => OwnWay) {
    this.#own = own;
  }

  async load(run: string): Promise<void> {
    await this.loaded.load((signal) => api.insight.evaluations({ run }, { signal }));
  }

  readonly choose = (key: string): void => {
    this.#chosen = key;
  };
}
