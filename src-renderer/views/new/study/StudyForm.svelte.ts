import type {
  ComparisonFacts,
  PresetFacts,
  StudyPreview,
  StudyProblem,
} from '../../../../src-main/workbench/contract.ts';
import { api } from '../../../api/api.ts';
import { Loaded } from '../../../api/Loaded.svelte.ts';
import { router } from '../../../state/Router.svelte.ts';
import { toasts } from '../../../state/Toasts.svelte.ts';
import { parseSeeds } from '../seeds.ts';

/** The nets of Tables 3 and 4. */
export const nets = ['A', 'A-LRN', 'B', 'C', 'D', 'E'] as const;
type Net = (typeof nets)[number];

/** A study as it is written in the form. */
export class StudyForm {
  readonly presets = new Loaded<PresetFacts[]>();
  readonly preview = new Loaded<StudyPreview>();
  readonly comparisons = new Loaded<ComparisonFacts[]>();
  /** What is compared; empty for the paper's tables. */
  comparison = $state(router.parameters.get('compare') ?? '');
  preset = $state(router.parameters.get('preset') ?? 'quick');
  /** Empty for the preset's. */
  dataset = $state('');
  seedsText = $state('1');
  /** One `key=value` a line. */
  overridesText = $state('');
  chosen = $state.raw<ReadonlySet<Net>>(new Set(nets));
  starting = $state(false);

  readonly seeds = $derived(parseSeeds(this.seedsText));
  /** What the workbench is asked for. */
  readonly settings = $derived({
    preset: this.preset,
    ...(this.comparison === '' ? {} : { comparison: this.comparison }),
    ...(this.dataset.trim() === '' ? {} : { dataset: this.dataset.trim() }),
    ...(this.seeds === null ? {} : { seeds: this.seeds }),
    overrides: this.overridesText
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    ...(this.comparison !== '' || this.chosen.size === nets.length
      ? {}
      : { only: nets.filter((net) => this.chosen.has(net)) }),
  });
  readonly ready = $derived(
    this.seeds !== null &&
      this.#hasNets &&
      this.preview.value?.problems.length === 0 &&
      !this.preview.value.needsDataset &&
      !this.starting,
  );

  get #hasNets(): boolean {
    return this.comparison !== '' || this.chosen.size > 0;
  }

  problemOf(field: StudyProblem['field']): StudyProblem | undefined {
    return this.preview.value?.problems.find((problem) => problem.field === field);
  }

  choose(net: Net, chosen: boolean): void {
    this.chosen = new Set(nets.filter((each) => (each === net ? chosen : this.chosen.has(each))));
  }

  async ask(settings = this.settings): Promise<void> {
    const { preset, comparison = '' } = settings;
    router.set({ what: 'study', preset, compare: comparison, set: '', from: '' });
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
