import { followingKeys } from '../../../../src-main/vocabulary/followingKeys.ts';
import { valueAt } from '../../../../src-main/vocabulary/valueAt.ts';
import type {
  CostPreview,
  Finding,
  KeyDescription,
  RunConfig,
  RunPreview,
} from '../../../../src-main/workbench/contract.ts';
import { api } from '../../../api/api.ts';
import { Loaded } from '../../../api/Loaded.svelte.ts';
import { router } from '../../../state/Router.svelte.ts';
import { toasts } from '../../../state/Toasts.svelte.ts';
import { LastAnswer } from '../LastAnswer.ts';
import { startParameters, forgetDraft, keepDraft } from '../draft.ts';
import { fieldError, withLabels } from '../fields/fieldError.ts';
import { parseSeeds } from '../seeds.ts';
import { tooLarge } from '../tooLarge.ts';
import {
  combinationName,
  combinations,
  mostRuns,
  readSweeps,
  sweepLines,
  sweepValues,
  type Combination,
  type Sweep,
} from './sweeps.ts';
import {
  differences,
  isChange,
  linesOf,
  overrideOf,
  textOf,
  textsOf,
} from '../../../shared/settings/keyTexts.ts';

const seedKey = 'training.seed';

/** A run of a sweep as it would be trained. */
interface PlannedRun {
  combination: Combination;
  /** Null while it cannot be read. */
  cost: CostPreview | null;
  problem: string | null;
}

/** A run as it is written in the form: a preset, and what is set over it, key by key. The address holds both. */
export class RunForm {
  readonly keys = new Loaded<readonly KeyDescription[]>();
  readonly preview = new Loaded<RunPreview>();
  readonly #begun = startParameters('run', router.parameters);
  readonly #answered = new LastAnswer();
  name = $state(this.#begun.get('name') ?? '');
  preset = $state(presetOf(this.#begun));
  texts = $state.raw<ReadonlyMap<string, string>>(textsOf(this.#begun.get('set') ?? ''));
  /** Settings that take several values, each combination a run. */
  sweeps = $state.raw<readonly Sweep[]>(readSweeps(this.#begun.get('sweep') ?? ''));
  /** The runs of the sweeps with their cost; empty without sweeps. */
  readonly planned = new Loaded<PlannedRun[]>();
  starting = $state(false);
  measuring = $state(false);
  /** The preset by itself. */
  #base = $state.raw<RunConfig | null>(null);
  /** The latest without problems, which shows the values that were not set. */
  config = $state.raw<RunConfig | null>(null);

  readonly seeds = $derived(parseSeeds(this.textAt(seedKey)) ?? []);
  readonly problems = $derived(
    new Map(this.preview.value?.problems.map((problem) => [problem.key, problem])),
  );
  readonly combinations: readonly Combination[] = $derived(
    combinations(this.sweeps.map(({ key }, index) => ({ key, values: this.valuesOf(index) ?? [] }))),
  );
  /** How many runs are made. */
  readonly count = $derived(this.combinations.length * this.seeds.length);
  readonly secondsOfAll = $derived.by(() => {
    const times = this.planned.value?.map(({ cost }) => cost?.secondsInAll ?? null) ?? [];
    if (times.includes(null)) return null;
    return this.seeds.length * times.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
  });
  readonly #sweepIsSound = $derived(
    this.count > 0 &&
      this.count <= mostRuns &&
      this.planned.value?.every(({ problem }) => problem === null) !== false,
  );
  /** Whether it could be trained as it stood when it was last looked at. */
  readonly ready = $derived(
    this.seeds.length > 0 && this.preview.value?.command != null && this.#sweepIsSound && !this.starting,
  );
  /** The largest training where it would need more memory than the machine has: of a sweep, among its runs. */
  readonly tooLarge = $derived(
    tooLarge(
      this.sweeps.length === 0
        ? [this.preview.value?.cost]
        : (this.planned.value?.map(({ cost }) => cost) ?? []),
    ),
  );
  /** Somebody wants it started although it would not fit. */
  startsAnyway = $state(false);
  /** While settings are looked at this stays as it was: a click then waits for the answer. */
  readonly canStart = $derived(this.ready && (this.tooLarge === null || this.startsAnyway));

  /** Reads the keys and, if a run is named, what that run was trained with. */
  async open(): Promise<void> {
    const keys = await this.keys.load((signal) => api.keys(undefined, { signal }));
    if (!keys) return;
    await this.#readBase();
    const from = this.#begun.get('from');
    if (from === null || this.texts.size > 0) return;
    const details = await toasts.attempt(() => api.runs.get({ id: from }));
    if (!details) return;
    this.texts = differences(keys, details.run.config, this.#base);
    await this.#letFollow();
  }

  async choosePreset(preset: string): Promise<void> {
    this.preset = preset;
    await this.#readBase();
  }

  textAt(key: string): string {
    return this.texts.get(key) ?? this.defaultAt(key);
  }

  /** What holds while the field is left alone. */
  defaultAt(key: string): string {
    return textOf(key, valueAt(this.isChanged(key) ? this.#base : (this.config ?? this.#base), key));
  }

  isChanged(key: string): boolean {
    return this.texts.has(key);
  }

  write(key: string, text: string): void {
    const texts = new Map(this.texts);
    if (isChange(key, text, this.#base)) texts.set(key, text);
    else texts.delete(key);
    this.texts = texts;
  }

  reset(key: string): void {
    this.texts = new Map([...this.texts].filter(([other]) => other !== key));
  }

  /** What the workbench is asked for; with a seed of several, that one. */
  layers(
    seed = this.seeds[0],
    combination: Combination = new Map(),
  ): { preset?: string; overrides: string[] } {
    const overrides = [...new Map([...this.texts, ...combination])].map(([key, text]) =>
      overrideOf(
        key,
        key === seedKey && seed !== undefined ? String(seed) : text,
        this.keys.value?.find((description) => description.key === key),
      ),
    );
    return { ...(this.preset === '' ? {} : { preset: this.preset }), overrides };
  }

  /** What a person would come back to. */
  get address(): Record<string, string> {
    return {
      preset: this.preset === '' ? noPreset : this.preset,
      set: linesOf(this.texts),
      sweep: sweepLines(this.sweeps),
      name: this.name,
    };
  }

  /** Looks at what is written, unless that was just looked at: the name of a run changes nothing in it. */
  async ask(address = this.address): Promise<void> {
    router.set({ what: 'run', ...address });
    keepDraft('run', router.parameters);
    const question = JSON.stringify([this.layers(), this.seeds.length, address.sweep]);
    await this.#answered.ask(question, () => this.#look());
    if (this.preview.error) this.#answered.forget();
  }

  /** As {@link ask}, where the answer may be another one by now. */
  askAgain(): Promise<void> {
    this.#answered.forget();
    return this.ask();
  }

  async #look(): Promise<void> {
    const looked = this.#plan();
    const preview = await this.preview.load((signal) => api.preview(this.layers(), { signal }));
    if (preview?.config) this.config = preview.config;
    await looked;
  }

  /** The values of a sweep; null while they cannot be read. */
  valuesOf(index: number): string[] | null {
    const sweep = this.sweeps[index];
    return sweep ? sweepValues(sweep.text, this.#describe(sweep.key)) : null;
  }

  #describe(key: string): KeyDescription | undefined {
    return this.keys.value?.find((description) => description.key === key);
  }

  /** Looks at what each run of a sweep costs, one after the other. */
  async #plan(): Promise<void> {
    const all = this.sweeps.length === 0 || this.count > mostRuns ? [] : this.combinations;
    await this.planned.load(async (signal) => {
      const planned: PlannedRun[] = [];
      for (const combination of all) {
        const layers = this.layers(this.seeds[0], combination);
        const { cost, problems } = await api.preview(layers, { signal });
        const [first] = problems;
        const problem = first ? withLabels(first.message, this.#written(layers)) : null;
        planned.push({ combination, cost, problem });
      }
      return planned;
    });
  }

  async measure(): Promise<void> {
    this.measuring = true;
    await toasts.attempt(() => api.bench(this.layers()));
    this.measuring = false;
    await this.askAgain();
  }

  /** Keeps the settings as a preset, under the name in the form. */
  async savePreset(): Promise<void> {
    const name = this.name.trim();
    const saved = await toasts.attempt(() => api.savePreset({ ...this.layers(), name }));
    if (saved) toasts.say(`Preset ${name} is kept in ${saved.path}.`);
  }

  /** One queued run for each combination and seed; those that could be made. */
  async start(): Promise<string[]> {
    this.starting = true;
    const ids: string[] = [];
    await toasts.attempt(async () => {
      for (const combination of this.combinations) {
        for (const seed of this.seeds) {
          const name = this.#nameOf(combination, seed);
          const named = name === '' ? {} : { name };
          const { id, notes } = await api.runs.create({ ...this.layers(seed, combination), ...named });
          ids.push(id);
          await api.queue.add({ kind: 'run', id });
          if (ids.length === 1) showNotes(notes);
        }
      }
      forgetDraft('run');
    });
    this.starting = false;
    return ids;
  }

  #nameOf(combination: Combination, seed: number): string {
    const parts = [this.name.trim(), combinationName(combination)].filter((part) => part !== '');
    const several = this.seeds.length > 1 && parts.length > 0;
    return [...parts, ...(several ? [`seed ${seed}`] : [])].join(', ').slice(0, 200);
  }

  /** What is wrong with a field. */
  errorOf(key: string): string | undefined {
    const problem = this.problems.get(key);
    return problem && fieldError(problem, this.#written(this.layers()));
  }

  #written({ overrides }: { overrides: readonly string[] }) {
    return { overrides, keys: this.keys.value ?? [] };
  }

  /** Leaves out scales that the run has only because they follow its crop. */
  async #letFollow(): Promise<void> {
    for (const key of followingKeys) {
      const text = this.texts.get(key);
      if (text === undefined) continue;
      const { texts } = this;
      this.reset(key);
      const preview = await toasts.attempt(() => api.preview(this.layers()));
      if (textOf(key, valueAt(preview?.config, key)) !== text) this.texts = texts;
    }
  }

  async #readBase(): Promise<void> {
    const layers = this.preset === '' ? {} : { preset: this.preset };
    const preview = await toasts.attempt(() => api.preview(layers));
    if (preview) this.#base = preview.config;
  }
}

/** How the address says that no preset is chosen: where it says nothing, the one of small runs is. */
const noPreset = 'none';
const usualPreset = 'quick';

function presetOf(parameters: URLSearchParams): string {
  const isGiven = parameters.has('set') || parameters.has('from');
  const preset = parameters.get('preset') ?? (isGiven ? noPreset : usualPreset);
  return preset === noPreset ? '' : preset;
}

function showNotes(notes: readonly Finding[]): void {
  // That there is a larger Fashion-MNIST is reported when the dataset is checked, not at every start.
  const worth = notes.filter(({ code }) => code !== 'full-set-available');
  for (const { subject, fact } of worth.slice(0, 2)) toasts.say(`${subject}: ${fact}`);
}
