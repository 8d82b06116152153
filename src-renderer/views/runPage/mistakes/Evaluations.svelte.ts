import type { ScoredEvaluation } from '../../../../src-main/workbench/contract.ts';
import { api } from '../../../api/api.ts';
import { Loaded } from '../../../api/Loaded.svelte.ts';

/** The evaluations of a run that kept their predictions, and the one that is looked at: the newest unless another is chosen. */
export class Evaluations {
  readonly loaded = new Loaded<ScoredEvaluation[]>();
  #chosen = $state('');
  readonly list: readonly ScoredEvaluation[] = $derived(this.loaded.value ?? []);
  readonly key: string = $derived(
    (this.list.find(({ key }) => key === this.#chosen) ?? this.list[0])?.key ?? '',
  );

  async load(run: string): Promise<void> {
    await this.loaded.load((signal) => api.insight.evaluations({ run }, { signal }));
  }

  readonly choose = (key: string): void => {
    this.#chosen = key;
  };
}
