import { paperNets } from '../../../../src-main/vocabulary/configurations.ts';
import { defaultTables, tableNumbers } from '../../../../src-main/vocabulary/paperTables.ts';
import { valueAt } from '../../../../src-main/vocabulary/valueAt.ts';
import type {
  ComparisonFacts,
  KeyDescription,
  PresetFacts,
  RunPreview,
  StudyPreview,
  StudyProblem,
  TableNumber,
} from '../../../../src-main/workbench/contract.ts';
import { api } from '../../../api/api.ts';
import { Loaded } from '../../../api/Loaded.svelte.ts';
import { router } from '../../../state/Router.svelte.ts';
import { toasts } from '../../../state/Toasts.svelte.ts';
import { textOf } from '../../../shared/settings/keyTexts.ts';
import { startParameters, forgetDraft, keepDraft } from '../draft.ts';
import { fieldError } from '../fields/fieldError.ts';
import { parseSeeds } from '../seeds.ts';
import { tooLarge } from '../tooLarge.ts';
import { chosenOf, chosenText } from './chosenWritten.ts';
import { weightsRequested, weightsOf, weightsText, type WrittenWeights } from './weightsWritten.ts';

type Net = (typeof paperNets)[number];
type StudyField = StudyProblem['field'] | 'tables' | 'seeds';

const usualPreset = 'quick';

/** A study as it is written in the form. */
export class StudyForm {
  readonly #begun = startParameters('study', router.parameters);
  readonly presets = new Loaded<PresetFacts[]>();
  readonly preview = new Loaded<StudyPreview>();
  readonly comparisons = new Loaded<ComparisonFacts[]>();
  readonly keys = new Loaded<readonly KeyDescription[]>();
  /** What the preset gives its runs. */
  readonly base = new Loaded<RunPreview>();
  /** What is compared; empty for the paper's tables. */
  comparison = $state(this.#begun.get('compare') ?? '');
  preset = $state(this.#begun.get('preset') ?? usualPreset);
  /** Empty for the preset's. */
  dataset = $state(this.#begun.get('dataset') ?? '');
  seedsText = $state(this.#begun.get('seeds') ?? '1');
  /** One `key=value` a line. */
  overridesText = $state(this.#begun.get('settings') ?? '');
  nets = $state.raw<ReadonlySet<Net>>(chosenOf(this.#begun.get('nets'), paperNets));
  tables = $state.raw<ReadonlySet<TableNumber>>(
    chosenOf(this.#begun.get('tables'), tableNumbers, defaultTables),
  );
  /** For a preset that trains nothing. */
  weights = $state.raw<readonly WrittenWeights[]>(weightsOf(this.#begun.get('weights') ?? ''));
  /** Whether several train at once, as cores and memory allow. */
  atOnce = $state<'one' | 'auto'>(this.#begun.get('atOnce') === 'one' ? 'one' : 'auto');
  /** Somebody wants it started although it would not fit. */
  startsAnyway = $state(false);
  starting = $state(false);
  measuring = $state(false);

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
    ...(this.#weightsRequested.length === 0 ? {} : { weights: this.#weightsRequested }),
    ...(this.#namesItsNets || defaultTables.join() === this.#tables.join() ? {} : { tables: this.#tables }),
    overrides: this.overridesText
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    ...(this.#namesItsNets || this.nets.size === paperNets.length
      ? {}
      : { only: paperNets.filter((net) => this.nets.has(net)) }),
  });
  /** What trains at once, where it would need more memory than the machine has, by the estimate. */
  readonly tooLarge = $derived(tooLarge([this.preview.value]));
  readonly ready = $derived(
    this.seeds !== null &&
      this.#hasNets &&
      this.preview.value?.problems.length === 0 &&
      !this.preview.value.needsDataset &&
      !this.preview.value.needsWeights &&
      (this.tooLarge === null || this.startsAnyway) &&
      !this.starting,
  );

  /** What it compares, or the paper's tables for ''. A comparison trains its nets: a preset that only scores is none for it. */
  compare(subject: string): void {
    if (subject !== '' && this.evaluates) this.preset = usualPreset;
    this.comparison = subject;
  }

  /** Whether its nets follow from something else than {@link nets}. */
  get #namesItsNets(): boolean {
    return this.comparison !== '' || this.evaluates;
  }

  get #hasNets(): boolean {
    return this.#namesItsNets || (this.nets.size > 0 && this.tables.size > 0);
  }

  get #tables(): TableNumber[] {
    return [...this.tables].sort();
  }

  get #weightsRequested(): ReturnType<typeof weightsRequested> {
    return this.evaluates ? weightsRequested(this.weights) : [];
  }

  /** What is missing in a field, and what is wrong with it. */
  errorOf(field: StudyField): string | undefined {
    const { needsDataset, needsWeights, problems = [] } = this.preview.value ?? {};
    const missing = {
      dataset: needsDataset === true && 'This preset brings no images: give a folder.',
      weights: needsWeights === true && 'This preset trains nothing: give the nets that it scores.',
      tables: this.tables.size === 0 && 'Choose at least one table.',
      only: this.nets.size === 0 && 'Choose at least one net.',
      seeds: this.seeds === null && 'Write whole numbers with commas between: 1,2,3.',
      overrides: false,
    }[field];
    const problem = problems.find((each) => each.field === field);
    const written = { overrides: this.settings.overrides, keys: this.keys.value ?? [] };
    const empty = written.overrides.find((override) => override.endsWith('='))?.slice(0, -1);
    const wrong = problem && fieldError({ ...problem, key: empty ?? '' }, written);
    const texts = [missing, wrong];
    return texts.filter(Boolean).join(' ') || undefined;
  }

  /** How it is trained, which is no part of what it is. */
  readonly start = $derived(this.atOnce === 'auto' ? ({ parallel: 'auto' } as const) : {});

  async ask(settings = this.settings, start = this.start): Promise<void> {
    const { preset, comparison = '', dataset = '' } = settings;
    router.set({
      what: 'study',
      preset,
      compare: comparison,
      dataset,
      set: '',
      from: '',
      seeds: this.seedsText === '1' ? '' : this.seedsText,
      settings: this.overridesText,
      weights: weightsText(this.weights),
      nets: chosenText(this.nets, paperNets),
      tables: chosenText(this.tables, defaultTables),
      atOnce: this.atOnce === 'auto' ? '' : this.atOnce,
    });
    keepDraft('study', router.parameters);
    if (this.#hasNets)
      await this.preview.load((signal) => api.studies.preview({ ...settings, ...start }, { signal }));
  }

  /** What a setting is without being set. */
  presetText(key: string): string {
    return textOf(key, valueAt(this.base.value?.config, key));
  }

  /** Trains a few steps of a net of the study, so that its time is known. */
  async measure(): Promise<void> {
    this.measuring = true;
    const { preset, dataset, overrides } = this.settings;
    const images = dataset === undefined ? [] : [`data.dataset=${JSON.stringify(dataset)}`];
    await toasts.attempt(() => api.bench({ preset, overrides: [...images, ...overrides] }));
    this.measuring = false;
    await this.ask();
  }

  /** Puts the study into the queue; the one with the same settings, if there is one. */
  async begin(): Promise<string | undefined> {
    this.starting = true;
    const made = await toasts.attempt(async () => {
      const study = await api.studies.create(this.settings);
      await api.queue.add({ kind: 'study', id: study.id, ...this.start });
      forgetDraft('study');
      return study;
    });
    this.starting = false;
    if (made?.known) toasts.say('There was a study with these settings: it is resumed.');
    return made?.id;
  }
}
