import { WorkbenchError } from '../../foundation/errors.ts';
import { describeNetwork } from '../../vgg/describe.ts';
import { leastSure, type KnownRate, type RateSource } from '../../vocabulary/rates.ts';
import { planOf, type StudyDefinition } from '../definition.ts';
import type { PlannedRun } from '../PlannedRun.ts';
import { passesOfStep, workOf, type ImageCounts } from '../work.ts';

/** A way to spend the time: it fits, once per seed. */
export interface BudgetOption {
  crop: number;
  width: number;
  seeds: number;
  /** Of net A, at most; the preset's where the time allows. */
  epochs: number;
  /** Whether every training gets these, fewer than the preset's, so that it fits at all. */
  isShortened: boolean;
  /** Trainings in all. */
  runs: number;
  seconds: number;
  /** From what the rate of the net is known that is known the least. */
  ratesFrom: RateSource;
  /** The settings over the preset. */
  overrides: string[];
}

export interface BudgetParts {
  /** With the settings that a person gave. */
  definition: StudyDefinition;
  images: ImageCounts;
  seconds: number;
  /** Of a run; null while none is known. */
  rateOf: (run: PlannedRun) => Promise<KnownRate | null>;
}

/** Sizes at which the paper's scales are whole or rounded to the pixel, and widths of its nets, besides the preset's own. */
const crops = [32, 56, 64, 96, 112, 128, 160, 224] as const;
const widths = [0.125, 0.25, 0.5, 1] as const;

const mostSeeds = 5;
/** Fewer show nothing of a net. */
const leastEpochs = 3;

/** The ways to spend the time, the smallest nets first; undefined while no rate of this machine is known. */
export async function planBudget(parts: BudgetParts): Promise<BudgetOption[] | undefined> {
  const options: BudgetOption[] = [];
  const own = planWith(parts.definition, [])?.[0]?.config.network;
  for (const crop of withOwn(crops, own?.crop)) {
    for (const width of withOwn(widths, own?.width)) {
      const size = [`network.crop=${crop}`, `network.width=${width}`];
      const plan = planWith(parts.definition, size);
      if (plan === undefined || plan.length === 0) continue;
      const time = await timeOf(plan, parts);
      if (time === undefined) return undefined;
      const fitted = fit(plan, time, parts.seconds);
      if (fitted === undefined) continue;
      const overrides = fitted.isShortened ? [...size, `training.epochs=${fitted.epochs}`] : size;
      options.push({ crop, width, ...fitted, ratesFrom: time.ratesFrom, overrides });
    }
  }
  return options;
}

/** The largest net that keeps the preset's epochs, with three seeds if that goes; else the one that is cut least. */
export function bestOption(options: readonly BudgetOption[]): BudgetOption | undefined {
  const whole = options.filter(({ isShortened }) => !isShortened);
  const repeated = whole.filter(({ seeds }) => seeds >= 3);
  const sizeOf = ({ crop, width }: BudgetOption) => (crop * width) ** 2;
  const largest = (among: readonly BudgetOption[]) => among.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0];
  return largest(repeated) ?? largest(whole) ?? options.toSorted((a, b) => b.epochs - a.epochs)[0];
}

function withOwn(sizes: readonly number[], own: number | undefined): number[] {
  return [...new Set([...sizes, ...(own === undefined ? [] : [own])])].sort((one, other) => one - other);
}

/** One seed; undefined where the size is none for the paper's scales, or for the settings that were given. */
function planWith(definition: StudyDefinition, size: readonly string[]): PlannedRun[] | undefined {
  const { preset, overrides } = definition;
  const others = overrides.filter((text) => !/^\s*network\.(crop|width)\s*=/.test(text));
  const [seed = 1] = preset.seeds;
  try {
    return planOf({ ...definition, preset: { ...preset, seeds: [seed] }, overrides: [...others, ...size] });
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'scale-not-whole') return undefined;
    throw error;
  }
}

interface Time {
  /** Of one epoch of every training, together. */
  epoch: number;
  /** Of all epochs that the preset has. */
  training: number;
  evaluation: number;
  ratesFrom: RateSource;
}

async function timeOf(
  plan: readonly PlannedRun[],
  { images, rateOf }: BudgetParts,
): Promise<Time | undefined> {
  const time: Time = { epoch: 0, training: 0, evaluation: 0, ratesFrom: 'measured' };
  for (const run of plan) {
    const rate = await rateOf(run);
    if (rate === null) return undefined;
    const { network } = run.config;
    const { macs } = describeNetwork({ ...network, classes: network.classes ?? images.classes });
    const work = workOf(run.config, run.evaluations, images);
    const macsPerSecond = rate.imagesPerSecond * passesOfStep * macs;
    time.epoch += work.epoch / macsPerSecond;
    time.training += work.training / macsPerSecond;
    time.evaluation += work.evaluation / macsPerSecond;
    time.ratesFrom = leastSure([time.ratesFrom, rate.from]);
  }
  return time;
}

function fit(
  plan: readonly PlannedRun[],
  { epoch, training, evaluation }: Time,
  seconds: number,
): Pick<BudgetOption, 'seeds' | 'epochs' | 'isShortened' | 'runs' | 'seconds'> | undefined {
  const epochs = Math.max(...plan.map(({ config }) => config.training.epochs));
  const whole = training + evaluation;
  if (whole <= seconds) {
    const seeds = Math.min(mostSeeds, Math.floor(seconds / whole));
    return { seeds, epochs, isShortened: false, runs: seeds * plan.length, seconds: seeds * whole };
  }
  const fewer = Math.min(epochs, Math.floor((seconds - evaluation) / epoch));
  if (!(fewer >= leastEpochs)) return undefined;
  const took = fewer * epoch + evaluation;
  return { seeds: 1, epochs: fewer, isShortened: true, runs: plan.length, seconds: took };
}
