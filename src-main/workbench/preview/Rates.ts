import type { RunConfig } from '../../configuration/schema.ts';
import { deviceFacts } from '../../engine/device.ts';
import { findEngine } from '../../engine/provision/provideEngine.ts';
import { cachedFor } from '../../foundation/cachedFor.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import type { BenchResult } from '../../trainer/protocol.ts';
import { passesOfStep } from '../../studies/work.ts';
import type { KnownRate } from '../../vocabulary/rates.ts';
import { median } from '../../vocabulary/statistics.ts';
import { effortOf } from './effort.ts';
import {
  isAlike,
  isOfNet,
  netKeyOf,
  RateFile,
  shareOf,
  type NetKey,
  type Rate,
  type Share,
} from './RateFile.ts';
import { RunRates, type MeasuredByRun } from './runRates.ts';
import { isHeldUp } from './trainedHere.ts';

const millisecondsKept = 30_000;
/** How many times the effort of another net, or what part of it, its rate is scaled without a doubt. */
const mostScaled = 4;
/** Latest runs of a net that are compared. */
const runsCompared = 5;

/** How fast this machine trains: from its runs and from `bench`. */
export class Rates {
  readonly #file: RateFile;
  readonly #runs = new RunRates();
  readonly #processors: () => Promise<Processors>;

  constructor(home: string, processors = cachedFor(millisecondsKept, processorsHere)) {
    this.#file = new RateFile(home);
    this.#processors = processors;
  }

  /** Stores what `bench` has measured, in one process. @throws WorkbenchError `disk-full`, `write-failed` */
  async add(log: RunLog, config: RunConfig, result: BenchResult): Promise<void> {
    const { cpu, cores, gpu } = await this.#processors();
    const { trainImagesPerSecond, inferenceImagesPerSecond, coresBusy, device } = result;
    const processor = device === 'gpu' ? (gpu ?? cpu) : cpu;
    const threads = config.training.threads ?? cores;
    this.#file.add({
      ...netKeyOf(config),
      processor,
      threads,
      processes: 1,
      precision: config.training.precision,
      alone: device === 'cpu' && isHeldUp(coresBusy, threads) ? null : !this.#runs.isBusy(log, processor),
      imagesPerSecond: trainImagesPerSecond,
      cropsPerSecond: inferenceImagesPerSecond,
      measuredAt: new Date().toISOString(),
    });
  }

  /** The threads that compute in each process of such a run, if it is trained alone here. */
  async threadsOf(config: RunConfig): Promise<number> {
    const { cores } = await this.#processors();
    return shareOf(config, cores).threads ?? cores;
  }

  /**
   * The rate of a net, else that of one near in effort, scaled by it, from what was measured with as many threads and
   * processes, and beside other runs only if it is to be trained beside others; only where there is none of these, the same
   * from the others. Null before any measurement.
   */
  async of(log: RunLog, config: RunConfig): Promise<KnownRate | null> {
    return (await this.known(log))(config);
  }

  /**
   * The same for many nets: what is known is read once.
   *
   * @param beside whether they are to be trained beside each other
   */
  async known(log: RunLog, beside = false): Promise<(config: RunConfig) => KnownRate | null> {
    const { now, cores } = await this.#processors();
    const known: Known[] = [
      ...this.#runs.read(log),
      ...this.#file.read().map((rate) => ({ ...rate, startSeconds: null, dataset: null })),
    ]
      .filter(({ processor }) => processor === now)
      .sort((one, other) => other.measuredAt.localeCompare(one.measuredAt));
    return (config) => {
      const key = netKeyOf(config);
      const share = shareOf(config, cores);
      const { dataset } = config.data;
      const alike = known.filter((rate) => isAlike(rate, share, beside));
      if (alike.length > 0) return rateFrom(alike, { key, share, dataset });
      const undisturbed = known.filter(({ alone }) => alone !== null);
      const unlike = rateFrom(undisturbed.length > 0 ? undisturbed : known, { key, share, dataset });
      return unlike && { ...unlike, from: 'unlike' };
    };
  }
}

interface Known extends Omit<MeasuredByRun, 'dataset'> {
  /** Of a run; null of bench. */
  dataset: string | null;
}

/** The net that is asked for, as it is to be trained. */
interface Asked {
  key: NetKey;
  share: Share;
  dataset: string;
}

interface Processors {
  cpu: string;
  cores: number;
  gpu: string | undefined;
  /** The one that trains now. */
  now: string;
}

async function processorsHere(): Promise<Processors> {
  const [{ cpu, gpus }, engine] = [await deviceFacts(), await findEngine()];
  const gpu = gpus[0]?.name;
  const now = engine?.build === 'gpu' && gpu !== undefined ? gpu : cpu.model;
  return { cpu: cpu.model, cores: cpu.cores, gpu, now };
}

/** @param known the latest first */
function rateFrom(known: readonly Known[], { key, share, dataset }: Asked): KnownRate | null {
  const scaled = known.map((rate) => ({ rate, factor: effortBetween(rate, key, share) }));
  const same = scaled.filter(({ rate }) => isOfNet(rate, key));
  const found = fastest(same, dataset) ?? fastestOfNear(scaled, dataset);
  if (!found) return null;
  const { rate, factor } = found;
  return {
    imagesPerSecond: rate.imagesPerSecond * factor,
    cropsPerSecond: cropsPerSecond(rate, dataset) * factor,
    startSeconds: rate.startSeconds ?? usualStart(known),
    from: same.length > 0 ? 'measured' : 'scaled',
  };
}

/** A step goes through the net three times: its share where none was noted, and where other images were what took the time. */
function cropsPerSecond(rate: Known, dataset: string): number {
  const ofStep = passesOfStep * rate.imagesPerSecond;
  if (rate.cropsPerSecond === null) return ofStep;
  const isOfOthers = rate.dataset !== null && rate.dataset !== dataset;
  return isOfOthers ? Math.max(rate.cropsPerSecond, ofStep) : rate.cropsPerSecond;
}

interface Scaled {
  rate: Known;
  /** By which its images a second become those of the net that is asked for. */
  factor: number;
}

/** Of the nets of about the effort the one that comes out fastest; the nearest where there is none of these. */
function fastestOfNear(scaled: readonly Scaled[], dataset: string): Scaled | undefined {
  const distance = ({ factor }: Scaled) => Math.abs(Math.log(factor));
  const [nearest] = scaled.toSorted((one, other) => distance(one) - distance(other));
  if (!nearest) return undefined;
  const near = scaled.filter((one) => distance(one) <= Math.max(Math.log(mostScaled), distance(nearest)));
  const ofEachNet = near.flatMap(
    ({ rate }) =>
      fastest(
        near.filter((other) => isOfNet(other.rate, rate)),
        dataset,
      ) ?? [],
  );
  return fastestFirst(ofEachNet)[0];
}

/** How many times as much an image costs in what was measured as in the net that is asked for. */
function effortBetween(rate: Rate, key: NetKey, share: Share): number {
  return effortOf(rate, { ...rate, threads: rate.threads ?? share.threads }) / effortOf(key, share);
}

/**
 * Of one net, the fastest of the latest runs, on the same images if there are any of these, else what bench measured last:
 * other programs only ever make a run slower, and bench does not wait for images.
 */
function fastest(latestFirst: readonly Scaled[], dataset: string): Scaled | undefined {
  const runs = latestFirst.filter(({ rate }) => rate.dataset !== null);
  const ofImages = runs.filter(({ rate }) => rate.dataset === dataset);
  const compared = (ofImages.length > 0 ? ofImages : runs).slice(0, runsCompared);
  return fastestFirst(compared)[0] ?? latestFirst[0];
}

function fastestFirst(scaled: readonly Scaled[]): Scaled[] {
  const speed = ({ rate, factor }: Scaled) => rate.imagesPerSecond * factor;
  return scaled.toSorted((one, other) => speed(other) - speed(one));
}

/** Of the latest runs; as measured with small nets on two cores while none was trained. */
function usualStart(known: readonly Known[]): number {
  const starts = known.flatMap(({ startSeconds }) => startSeconds ?? []).slice(0, runsCompared);
  return starts.length > 0 ? median(starts) : 2;
}
