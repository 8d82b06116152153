import { WorkbenchError } from '../../foundation/errors.ts';
import { leastSure, type KnownRate, type RateSource } from '../../vocabulary/rates.ts';
import { planOf, type StudyDefinition } from '../definition.ts';
import type { PlannedRun } from '../PlannedRun.ts';
import { secondsOf, timeOf, type RunTime } from '../time.ts';
import type { ImageCounts } from '../work.ts';

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
  rateOf: (run: PlannedRun) => KnownRate | null;
  /** From the first start to the last end, of runs each of which waits for the one that it depends on. */
  secondsOfAll: (tasks: readonly Task[]) => number;
}

type Task = Pick<PlannedRun, 'key' | 'dependsOn'> & { seconds: number };

/** Sizes at which the paper's scales are whole or rounded to the pixel, and widths of its nets, besides the preset's own. */
const crops = [32, 56, 64, 96, 112, 128, 160, 224] as const;
const widths = [0.125, 0.25, 0.5, 1] as const;

const mostSeeds = 5;
/** Fewer show nothing of a net. */
const leastEpochs = 3;

/** The ways to spend the time, the smallest nets first; undefined while no rate of this machine is known. */
export function planBudget(parts: BudgetParts): BudgetOption[] | undefined {
  const options: BudgetOption[] = [];
  const own = planWith(parts.definition, [])?.[0]?.config.network;
  for (const crop of withOwn(crops, own?.crop)) {
    for (const width of withOwn(widths, own?.width)) {
      const size = [`network.crop=${crop}`, `network.width=${width}`];
      const plan = planWith(parts.definition, size);
      if (plan === undefined || plan.length === 0) continue;
      const timed = timesOf(plan, parts);
      if (timed === undefined) return undefined;
      const fitted = fit(timed.runs, parts);
      if (fitted === undefined) continue;
      const overrides = fitted.isShortened ? [...size, `training.epochs=${fitted.epochs}`] : size;
      options.push({ crop, width, ...fitted, ratesFrom: timed.ratesFrom, overrides });
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

interface TimedRun {
  run: PlannedRun;
  time: RunTime;
}

function timesOf(
  plan: readonly PlannedRun[],
  { images, rateOf }: BudgetParts,
): { runs: TimedRun[]; ratesFrom: RateSource } | undefined {
  const rates = plan.flatMap((run) => {
    const rate = rateOf(run);
    return rate === null ? [] : [{ run, rate }];
  });
  if (rates.length < plan.length) return undefined;
  const runs = rates.map(({ run, rate }) => ({
    run,
    time: timeOf(run.config, run.evaluations, images, rate),
  }));
  return { runs, ratesFrom: leastSure(rates.map(({ rate }) => rate.from)) };
}

function fit(
  runs: readonly TimedRun[],
  { seconds, secondsOfAll }: BudgetParts,
): Pick<BudgetOption, 'seeds' | 'epochs' | 'isShortened' | 'runs' | 'seconds'> | undefined {
  const epochs = Math.max(...runs.map(({ time }) => time.epochs));
  const took = (seeds: number, shortened?: number) => secondsOfAll(tasksOf(runs, seeds, shortened));
  const seeds = downTo(1, mostSeeds).find((count) => took(count) <= seconds);
  if (seeds !== undefined) {
    return { seeds, epochs, isShortened: false, runs: seeds * runs.length, seconds: took(seeds) };
  }
  const fewer = downTo(leastEpochs, epochs).find((count) => took(1, count) <= seconds);
  if (fewer === undefined) return undefined;
  return { seeds: 1, epochs: fewer, isShortened: true, runs: runs.length, seconds: took(1, fewer) };
}

/** @param epochs that every run gets; by default its own */
function tasksOf(runs: readonly TimedRun[], seeds: number, epochs?: number): Task[] {
  return downTo(1, seeds).flatMap((seed) =>
    runs.map(({ run: { key, dependsOn }, time }) => ({
      key: `${key} ${seed}`,
      dependsOn: dependsOn === null ? null : `${dependsOn} ${seed}`,
      seconds: secondsOf({ ...time, epochs: epochs ?? time.epochs }),
    })),
  );
}

function downTo(least: number, most: number): number[] {
  return Array.from({ length: Math.max(0, most - least + 1) }, (_, index) => most - index);
}
