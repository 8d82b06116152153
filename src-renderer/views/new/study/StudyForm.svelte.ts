import type {
  ComparisonFacts,
  PresetFacts,
  StudyPreview,
  StudyProblem,
  TableNumber,
} from '../../../../src-main/workbench/contract.ts';
import { api } from '../../../api/api.ts';
import { Loaded } from '../../../api/Loaded.svelte.ts';
import { router } from '../../../state/Router.svelte.ts';
import { toasts } from '../../../state/Toasts.svelte.ts';
import { parseSeeds } from '../seeds.ts';
import { weightsAsked, weightsOf, weightsText, type WrittenWeights } from './weightsWritten.ts';

/** The nets of the paper's tables. */
export const nets = ['A', 'A-LRN', 'B', 'C', 'D', 'E'] as const;
type Net = (typeof nets)[number];
const usualTables: readonly TableNumber[] = [3, 4];

/** A study as it is written in the form. */
export class StudyForm {
  readonly presets = new Loaded<PresetFacts[]>();
  readonly preview = new Loaded<StudyPreview>();
  readonly comparisons = new Loaded<ComparisonFacts[]>();
  /** What is compared; empty for the paper's tables. */
  comparison = $state(router.parameters.get('compare') ?? '');
  preset = $state(router.parameters.get('preset') ?? 'quick');
  /** Empty for the preset's. */
  dataset = $state(router.parameters.get('dataset') ?? '');
  seedsText = $state(router.parameters.get('seeds') ?? '1');
  /** One `key=value` a line. */
  overridesText = $state(router.parameters.get('settings') ?? '');
  chosen = $state.raw<ReadonlySet<Net>>(new Set(nets));
  tables = $state.raw<ReadonlySet<TableNumber>>(new Set(usualTables));
  /** For a preset that trains nothing. */
  weights = $state.raw<readonly WrittenWeights[]>(weightsOf(router.parameters.get('weights') ?? ''));
  starting = $state(false);

  /** Whether weights are scored in place of training any. */
  readonly evaluates = $derived(
    this.presets.value?.find(({ name }) => name === this.preset)?.evaluates === true,
  );

  readonly seeds = $derived(parseSeeds(this.seedsText));
  /** What the workbench is asked for. */
  readonly settings = $derived({
    preset: this.preset,
    ...(this.comparison === '' ? {} : { comparison: this.comparison }),
    ...(this.dataset.trim() === '' ? {} : { dataset: this.dataset.trim() }),
    ...(this.seeds === null || this.evaluates ? {} : { seeds: this.seeds }),
    ...(this.#weightsAsked.length === 0 ? {} : { weights: this.#weightsAsked }),
    ...(this.#namesItsNets || usualTables.join() === this.#tables.join() ? {} : { tables: this.#tables }),
    overrides: this.overridesText
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    ...(this.#namesItsNets || this.chosen.size === nets.length
      ? {}
      : { only: nets.filter((net) => this.chosen.has(net)) }),
  });
  readonly ready = $derived(
    this.seeds !== null &&
      this.#hasNets &&
      this.preview.value?.problems.length === 0 &&
      !this.preview.value.needsDataset &&
      !this.preview.value.needsWeights &&
      !this.starting,
  );

  /** Whether its nets follow from something else than {@link chosen}. */
  get #namesItsNets(): boolean {
    return this.comparison !== '' || this.evaluates;
  }

  get #hasNets(): boolean {
    return this.#namesItsNets || (this.chosen.size > 0 && this.tables.size > 0);
  }

  get #tables(): TableNumber[] {
    return [...this.tables].sort();
  }

  get #weightsAsked(): ReturnType<typeof weightsAsked> {
    return this.evaluates ? weightsAsked(this.weights) : [];
  }

  problemOf(field: StudyProblem['field']): StudyProblem | undefined {
    return this.preview.value?.problems.find((problem) => problem.field === field);
  }

  choose(net: Net, chosen: boolean): void {
    this.chosen = new Set(nets.filter((each) => (each === net ? chosen : this.chosen.has(each))));
  }

  chooseTable(table: TableNumber, chosen: boolean): void {
    const others = [...this.tables].filter((each) => each !== table);
    this.tables = new Set(chosen ? [...others, table] : others);
  }

  async ask(settings = this.settings): Promise<void> {
    const { preset, comparison = '', dataset = '' } = settings;
    router.set({
      ...{ what: 'study', preset, compare: comparison, dataset, set: '', from: '' },
      seeds: this.seedsText === '1' ? '' : this.seedsText,
      settings: this.overridesText,
      weights: weightsText(this.weights),
    });
    if (this.#hasNets) await this.preview.load((signal) => api.studies.preview(settings, { signal }));
  }

  /** Puts the study into the queue; the one with the same settings, if there is one. */
  async start(): Promise<string | undefined> {
    this.starting = true;
    const made = await toasts.attempt(async () => {
      const study = await api.studies.create(this.settings);
      await api.queue.add({ kind: 'study', id: study.id });
      return study;
    });
    this.starting = false;
    if (made?.known) toasts.say('There was a study with these settings: it is taken up again.');
    return made?.id;
  }
}
