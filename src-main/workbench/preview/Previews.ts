import { problemAt, type ConfigProblem } from '../../configuration/problems.ts';
import { examineRunConfig, type ConfigSources } from '../../configuration/resolve.ts';
import type { RunConfig } from '../../configuration/schema.ts';
import { usualSplit } from '../../data/ownSplit.ts';
import { splitsOf } from '../../data/splitsOf.ts';
import { writeRunConfig } from '../../configuration/write.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import type { RunPreview } from '../contract/configuration.ts';
import { bestOption, planBudget, type BudgetOption } from '../../studies/budget/planBudget.ts';
import { relationsFor } from '../../studies/budget/relations.ts';
import { planOf, type StudyDefinition } from '../../studies/definition.ts';
import { scheduleOn } from '../../launch/schedule.ts';
import { resolutionOf } from '../../vocabulary/resolution.ts';
import type { StudyBudget, StudyPreview } from '../contract/studies.ts';
import { classesOfNet, type CountedDataset } from '../inputs/classesOfNet.ts';
import { requireFittingWeights } from '../inputs/fittingWeights.ts';
import { withWeightsAsBase, readSources, type ConfigSourcesInput } from '../inputs/configSources.ts';
import { studyCommand, trainCommand, type StudyCommandParts } from './command.ts';
import { givenWeights } from '../inputs/givenWeights.ts';
import { costOf } from './cost.ts';
import { DatasetCounts } from './DatasetCounts.ts';
import { Rates } from './Rates.ts';
import { sharingFor } from './sharing.ts';
import { previewStudy, sharedConfig, type StudyDraft } from './studyPreview.ts';

/** Previews configurations as runs. What is expensive to find out is kept from one preview to the next. */
export class Previews {
  readonly rates: Rates;
  readonly #home: string;
  readonly #datasets = new DatasetCounts();

  constructor(home: string) {
    this.rates = new Rates(home);
    this.#home = home;
  }

  /** Problems of the configuration are reported, not thrown. */
  async of(log: RunLog, input: ConfigSourcesInput): Promise<RunPreview> {
    const written = readOrProblem(input, this.#home);
    if ('key' in written) return refused([written]);
    const found: ConfigProblem[] = [];
    const { sources, weights } = (await noted(found, 'initialisation.from', () =>
      withWeightsAsBase(log, written),
    )) ?? { sources: written, weights: null };
    const { config, problems } = examineRunConfig(sources);
    if (config === null) return refused([...problems, ...found]);
    const images = await this.#imagesOf(config, found);
    const classes = images?.classes ?? config.network.classes;
    if (found.length === 0 && classes !== null) {
      await noted(found, 'initialisation.from', () => requireFittingWeights(log, config, images, classes));
    }
    const splitNote = images?.splitNote ?? null;
    const cost = costOf(config, images, await this.rates.of(log, config));
    if (found.length > 0)
      return { config, problems: found, cost, weights, command: null, yaml: null, splitNote };
    const { preset, file } = input;
    return {
      splitNote,
      config,
      problems: [],
      cost,
      weights,
      command: trainCommand({ home: this.#home, preset, file, sources, config }),
      yaml: writeRunConfig(config),
    };
  }

  /** @param settings the settings from which the definition was made */
  async ofStudy(log: RunLog, definition: StudyDraft, settings: StudyCommandParts): Promise<StudyPreview> {
    const [alone, beside] = [await this.rates.known(log), await this.rates.known(log, true)];
    return previewStudy({
      definition,
      command: studyCommand(this.#home, settings),
      findWeights:
        settings.weights === undefined
          ? null
          : () => givenWeights(settings.preset, definition.preset, settings.weights),
      countImages: (dataset, choice) =>
        this.#datasets.of(dataset, definition.preset.evaluates ? ['val'] : ['train', 'val'], choice),
      rateOf: (config, isBeside) => (isBeside ? beside : alone)(config),
      sharingOf: (plan) => sharingFor(settings.parallel, plan),
    });
  }

  /**
   * What fits into so many seconds, with as many runs at once as the settings say.
   *
   * @param settings the settings from which the definition was made
   * @throws WorkbenchError if the study or its dataset cannot be
   */
  async ofBudget(
    log: RunLog,
    definition: StudyDefinition,
    settings: StudyCommandParts,
    seconds: number,
  ): Promise<StudyBudget> {
    const plan = planOf(definition);
    const [first] = plan;
    const division = first?.config.data ?? usualSplit;
    const images = await this.#datasets.of(definition.dataset, ['train', 'val'], division);
    const sharing = await sharingFor(settings.parallel, plan);
    const rateOf = await this.rates.known(log, sharing.atOnce > 1);
    const options = planBudget({
      definition,
      images,
      seconds,
      rateOf: ({ config }) => rateOf(sharedConfig(config, sharing)),
      secondsOfAll: (tasks) => scheduleOn(tasks, sharing.atOnce).seconds,
    });
    const best = bestOption(options ?? []) ?? null;
    return {
      options: options ?? null,
      best,
      command: best && studyCommand(this.#home, settingsOf(best, settings)),
      atOnce: sharing.atOnce,
      threads: first ? await this.rates.threadsOf(sharedConfig(first.config, sharing)) : null,
      valImages: images.valImages,
      resolution: resolutionOf(images.valImages),
      relations: relationsFor(images.valImages),
    };
  }

  /** Null where the dataset cannot be opened. */
  async classesOf(dataset: string): Promise<number | null> {
    try {
      return (await this.#datasets.of(dataset, ['val'], usualSplit)).classes;
    } catch (error) {
      if (error instanceof WorkbenchError) return null;
      throw error;
    }
  }

  async #imagesOf(config: RunConfig, problems: ConfigProblem[]): Promise<CountedDataset | null> {
    const { data, network } = config;
    const images = await noted(problems, 'data.dataset', () =>
      this.#datasets.of(data.dataset, splitsOf(config), data),
    );
    if (!images) return null;
    const classes = await noted(problems, 'data.classList', () => classesOfNet(data, images));
    if (classes === undefined) return images;
    const outputs = network.classes;
    if (outputs !== null && outputs < classes) problems.push(tooFewOutputs(outputs, classes));
    return { ...images, classes };
  }
}

/** A study of that size, with seeds from 1. */
function settingsOf({ seeds, overrides }: BudgetOption, settings: StudyCommandParts): StudyCommandParts {
  return {
    ...settings,
    seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    overrides: [...settings.overrides, ...overrides],
  };
}

function readOrProblem(input: ConfigSourcesInput, home: string): ConfigSources | ConfigProblem {
  try {
    return readSources(input, home);
  } catch (error) {
    return problemAt('', error);
  }
}

/** The result of the work; undefined if it fails, and then the reason is noted. */
async function noted<Value>(
  problems: ConfigProblem[],
  key: string,
  work: () => Value | Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    problems.push(problemAt(key, error));
    return undefined;
  }
}

function refused(problems: ConfigProblem[]): RunPreview {
  return { config: null, problems, cost: null, weights: null, command: null, yaml: null, splitNote: null };
}

function tooFewOutputs(outputs: number, classes: number): ConfigProblem {
  return {
    key: 'network.classes',
    code: 'classes-do-not-fit',
    message: `The dataset has ${classes} classes and the net only ${outputs} outputs.`,
    nextStep: 'Set network.classes to the number of classes, or leave it out.',
  };
}
