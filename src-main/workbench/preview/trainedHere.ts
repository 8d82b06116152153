import type { RunConfig } from '../../configuration/schema.ts';
import type { Evaluation, Run, RunEnvironment, Series } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { workOf, type ImageCounts } from '../../studies/work.ts';
import { describeNetwork } from '../../vgg/describe.ts';
import { netKeyOf, type Rate } from './RateFile.ts';

/** When a run was trained here, from its first start to its last end, and its rate; null for one without. */
export interface TrainedHere {
  processor: string;
  from: string;
  /** Null while it is trained. */
  to: string | null;
  rate: RateOfRun | null;
}

/** Of the run's own time; whether others were trained meanwhile is not seen in it. */
export interface RateOfRun extends Omit<Rate, 'alone'> {
  /** As its settings name it. */
  dataset: string;
  /** Null where it cannot be told, as of one that was interrupted. */
  startSeconds: number | null;
  /** Whether other programs had the processor for half of the time or more. */
  isHeldUp: boolean;
}

/** How long one that starts without a pause takes at most: a longer time is that of an interruption. */
const mostSecondsOfStart = 120;
/** Reports of the rate in which it is warming up: TensorFlow's first steps, threads that are started. */
const warmingUp = 5;
/** Undisturbed, small nets keep nine tenths of two threads busy; spinning threads that are held up get far less done. */
const leastBusy = 0.5;
/** Of more threads, a small net may keep only so many busy. */
const mostExpected = 4;

/** What a run of the log says about this machine; final once it can no longer change. */
export function trainedHere(log: RunLog, id: string): { trained: TrainedHere | null; isFinal: boolean } {
  const run = log.runs.get(id);
  const { status, environment, imported, startedAt, finishedAt } = run;
  const isFinal = status === 'finished';
  if (environment === null || startedAt === null || imported) return { trained: null, isFinal };
  const { device, cpu, gpu } = environment;
  const processor = device === 'gpu' && gpu !== null ? gpu : cpu;
  const series = new Map(log.metrics.read(id, { names: seriesRead }).map((one) => [one.name, one]));
  // One that was killed has no end: it trained as long as it has logged.
  const loggedTo = () => new Date(Date.parse(startedAt) + 1000 * secondsLogged(series)).toISOString();
  const to = status === 'running' ? null : (finishedAt ?? loggedTo());
  const rate = rateOf(run, environment, series, log.evaluations.of(id));
  return { trained: { processor, from: startedAt, to, rate: rate && { ...rate, processor } }, isFinal };
}

const seriesRead = ['imagesPerSecond', 'waitingShare', 'processor/cores', 'val/loss'] as const;
type SeriesRead = ReadonlyMap<string, Series>;

/** Of training. */
function secondsLogged(series: SeriesRead): number {
  return Math.max(0, ...[...series.values()].map(({ seconds }) => seconds.at(-1) ?? 0));
}

function rateOf(
  run: Run,
  environment: RunEnvironment,
  series: SeriesRead,
  evaluations: readonly Evaluation[],
): Omit<RateOfRun, 'processor'> | null {
  const { config, dataset, startedAt } = run;
  const rates = series.get('imagesPerSecond');
  const imagesPerSecond = ofMiddleImage(rates) ?? 0;
  if (!rates || startedAt === null || !(imagesPerSecond > 0)) return null;
  const { threads, processes } = environment;
  return {
    ...netKeyOf(config),
    dataset: config.data.dataset,
    threads,
    processes,
    precision: config.training.precision,
    imagesPerSecond,
    cropsPerSecond: dataset && cropsPerSecond(config, evaluations, dataset),
    startSeconds: startOf(startedAt, { trained: secondsLogged(series), evaluations }, warmUpOf(run, rates)),
    isHeldUp: wasHeldUp(environment, series),
    measuredAt: startedAt,
  };
}

/**
 * The value at which the middle one of all images was trained. Reports come once a second: a median of them would be of the
 * slow time of a run that was held up, in which few images were trained.
 */
function ofMiddleImage(series: Series | undefined): number | undefined {
  const points = (series?.values ?? [])
    .map((value, index) => ({ value, images: (series?.steps[index] ?? 0) - (series?.steps[index - 1] ?? 0) }))
    .sort((one, other) => one.value - other.value);
  let left = points.reduce((sum, { images }) => sum + images, 0) / 2;
  return points.find(({ images }) => (left -= images) <= 0)?.value;
}

/** Whether its threads neither computed nor waited in much of the time, since other programs had the processor. */
export function isHeldUp(coresBusy: number, threads: number, waitingShare = 0): boolean {
  return coresBusy < leastBusy * Math.min(threads, mostExpected) * (1 - waitingShare);
}

/** Of a GPU, the cores say nothing. */
function wasHeldUp({ device, threads }: RunEnvironment, series: SeriesRead): boolean {
  const busy = ofMiddleImage(series.get('processor/cores'));
  if (device === 'gpu' || threads === null || busy === undefined) return false;
  return isHeldUp(busy, threads, ofMiddleImage(series.get('waitingShare')));
}

/** Crops a second in the evaluations; null if there is none, or none that took a time. */
function cropsPerSecond(
  config: RunConfig,
  evaluations: readonly Evaluation[],
  dataset: ImageCounts,
): number | null {
  const { macs } = describeNetwork({ ...config.network, classes: config.network.classes ?? dataset.classes });
  const crops = evaluations
    .map(({ horizontalFlip, images, ...scored }) => {
      const scoring = { ...config, evaluation: { ...config.evaluation, horizontalFlip } };
      return workOf(scoring, [scored], { ...dataset, valImages: images }).evaluation / macs;
    })
    .reduce((sum, one) => sum + one, 0);
  const seconds = evaluations.reduce((sum, one) => sum + one.seconds, 0);
  return crops > 0 && seconds > 0 ? crops / seconds : null;
}

/** Seconds by which its first reports are behind those at the rate of the middle image. */
function warmUpOf({ config }: Run, rates: Series): number {
  const usual = ofMiddleImage(rates) ?? NaN;
  const behind = rates.values.slice(0, warmingUp).map((rate, index) => {
    const steps = (rates.steps[index] ?? 0) - (rates.steps[index - 1] ?? 0);
    return config.training.batch * steps * (1 / rate - 1 / usual);
  });
  return Math.max(
    0,
    behind.reduce((sum, seconds) => sum + seconds, 0),
  );
}

/** What is left of the time until the first evaluation; null where it says nothing. @param trained seconds of training */
function startOf(
  startedAt: string,
  { trained, evaluations }: { trained: number; evaluations: readonly Evaluation[] },
  warmUp: number,
): number | null {
  const [first] = evaluations.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt));
  if (!first) return null;
  const until = (Date.parse(first.createdAt) - Date.parse(startedAt)) / 1000;
  const start = until - first.seconds - trained;
  return start > mostSecondsOfStart ? null : Math.max(0, start) + warmUp;
}
