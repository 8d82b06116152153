import { usualSplit, type SplitChoice } from '../../data/ownSplit.ts';
import { problemOf } from '../../foundation/errors.ts';
import { planOf, type StudyDefinition } from '../../studies/definition.ts';
import { StudyError } from '../../studies/errors.ts';
import { threadsOf, type Sharing } from '../../studies/ActiveStudy.ts';
import type { PlannedRun } from '../../studies/PlannedRun.ts';
import type { RunConfig } from '../../configuration/schema.ts';
import { memoryOfMachine } from '../../engine/device.ts';
import { scheduleOn } from '../../launch/schedule.ts';
import { memoryOf } from './cost.ts';
import { secondsOf, timeOf } from '../../studies/time.ts';
import { leastSure, type KnownRate, type RateSource } from '../../vocabulary/rates.ts';
import type { CountedDataset } from '../inputs/classesOfNet.ts';
import type { StudyPreview, StudyProblem } from '../contract/studies.ts';

/** Placeholder for a dataset that is not given yet; the plan does not depend on it. */
const datasetToCome = 'images';

/** A study's definition whose dataset may still be missing. */
export type StudyDraft = Omit<StudyDefinition, 'dataset'> & { dataset: string | null };

/** Reads the facts of a study's weights. @throws WorkbenchError if one cannot be scored */
type FindWeights = () => Promise<StudyDefinition['weights']>;

interface StudyParts {
  definition: StudyDraft;
  /** The command line that makes the same study; null if there is none. */
  command: string | null;
  /** Null if no weights are given. */
  findWeights: FindWeights | null;
  /** @throws WorkbenchError if the dataset cannot be trained on */
  countImages: (dataset: string, choice: SplitChoice) => Promise<CountedDataset>;
  /** Of a run with these settings, alone or beside others; null if not known. */
  rateOf: (config: RunConfig, beside: boolean) => KnownRate | null;
  /** How its runs share the machine. */
  sharingOf: (plan: readonly PlannedRun[]) => Promise<Sharing>;
}

type PlanCost = Pick<
  StudyPreview,
  'runs' | 'ratesFrom' | 'atOnce' | 'secondsInAll' | 'memoryBytes' | 'machineBytes'
>;

/** What a study would train, and how long it would take. Problems are reported, not thrown. */
export async function previewStudy({
  definition,
  command,
  findWeights,
  countImages,
  rateOf,
  sharingOf,
}: StudyParts): Promise<StudyPreview> {
  const { dataset } = definition;
  const problems: StudyProblem[] = [];
  const needsWeights = definition.preset.evaluates && findWeights === null;
  let plan: PlannedRun[] = [];
  const weights = await findWeights?.().catch((error: unknown) => {
    problems.push({ field: 'weights', ...problemOf(error) });
    return undefined;
  });
  const isPlanned = findWeights === null ? !needsWeights : weights !== undefined;
  try {
    if (isPlanned) {
      plan = planOf({ ...definition, ...(weights && { weights }), dataset: dataset ?? datasetToCome });
    }
  } catch (error) {
    problems.push({ field: error instanceof StudyError ? error.field : 'overrides', ...problemOf(error) });
  }
  let images: CountedDataset | null = null;
  const { validationShare, splitSeed } = plan[0]?.config.data ?? usualSplit;
  const division = { validationShare, splitSeed };
  try {
    if (dataset !== null) images = await countImages(dataset, division);
  } catch (error) {
    problems.push({ field: 'dataset', ...problemOf(error) });
  }
  const needsDataset = dataset === null;
  const isIncomplete = problems.length > 0 || needsDataset || needsWeights;
  const splitNote = images?.splitNote ?? null;
  return {
    ...(await costOfPlan(plan, images, { rateOf, sharingOf })),
    problems,
    needsDataset,
    needsWeights,
    splitNote,
    division,
    command: isIncomplete ? null : command,
  };
}

/** How long the runs of a plan take and what memory they need, as they share the machine. */
async function costOfPlan(
  plan: readonly PlannedRun[],
  images: CountedDataset | null,
  { rateOf, sharingOf }: Pick<StudyParts, 'rateOf' | 'sharingOf'>,
): Promise<PlanCost> {
  const sharing = await sharingOf(plan);
  const runs = [];
  const rates: (KnownRate | null)[] = [];
  for (const run of plan) {
    const rate = rateOf(sharedConfig(run.config, sharing), sharing.atOnce > 1);
    rates.push(rate);
    runs.push({
      key: run.key,
      dependsOn: run.dependsOn,
      epochs: run.config.training.epochs,
      rows: run.evaluations.length,
      seconds: images && rate && secondsOf(timeOf(run.config, run.evaluations, images, rate)),
    });
  }
  return {
    runs,
    ratesFrom: sourceOf(rates),
    atOnce: sharing.atOnce,
    secondsInAll: secondsInAll(runs, sharing.atOnce),
    memoryBytes: memoryOfLargest(sharing.atOnce, plan, images?.classes),
    machineBytes: memoryOfMachine(),
  };
}

function sourceOf(rates: readonly (KnownRate | null)[]): RateSource | null {
  const known = rates.filter((rate) => rate !== null);
  return known.length < rates.length || known.length === 0 ? null : leastSure(known.map(({ from }) => from));
}

/** As a run of the study notes its threads. */
export function sharedConfig(config: RunConfig, sharing: Sharing): RunConfig {
  return { ...config, training: { ...config.training, threads: threadsOf(config.training, sharing) } };
}

function secondsInAll(runs: StudyPreview['runs'], atOnce: number): number | null {
  const tasks = runs.flatMap(({ seconds, ...run }) => (seconds === null ? [] : [{ ...run, seconds }]));
  return runs.length === 0 || tasks.length < runs.length ? null : scheduleOn(tasks, atOnce).seconds;
}

function memoryOfLargest(count: number, plan: readonly PlannedRun[], classes: number | undefined): number {
  return plan
    .filter(({ config }) => config.training.epochs > 0)
    .map(({ config }) => memoryOf(config, classes))
    .sort((one, other) => other - one)
    .slice(0, count)
    .reduce((sum, bytes) => sum + bytes, 0);
}
