import type { RunConfig } from '../../configuration/schema.ts';
import { deviceFacts } from '../../engine/device.ts';
import { findEngine } from '../../engine/provision/provideEngine.ts';
import { cachedFor } from '../../foundation/cachedFor.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import type { BenchResult } from '../../trainer/protocol.ts';
import type { KnownRate } from '../../vocabulary/rates.ts';
import { isAlike, isOfNet, macsOf, netKeyOf, RateFile, shareOf, type NetKey, type Rate } from './RateFile.ts';
import { RunRates } from './runRates.ts';

const millisecondsKept = 30_000;

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
  async add(log: RunLog, config: RunConfig, { trainImagesPerSecond, device }: BenchResult): Promise<void> {
    const { cpu, cores, gpu } = await this.#processors();
    const processor = device === 'gpu' ? (gpu ?? cpu) : cpu;
    this.#file.add({
      ...netKeyOf(config),
      processor,
      threads: config.training.threads ?? cores,
      processes: 1,
      precision: config.training.precision,
      alone: !this.#runs.isBusy(log, processor),
      imagesPerSecond: trainImagesPerSecond,
      measuredAt: new Date().toISOString(),
    });
  }

  /** The threads that compute in each process of such a run, if it is trained alone here. */
  async threadsOf(config: RunConfig): Promise<number> {
    const { cores } = await this.#processors();
    return shareOf(config, cores).threads ?? cores;
  }

  /**
   * The latest rate of a net, else that of the net nearest in work, scaled by it, from what was measured alone with as many
   * threads and processes; only where there is none of these, the same from the others. Null before any measurement.
   */
  async of(log: RunLog, config: RunConfig): Promise<KnownRate | null> {
    return (await this.known(log))(config);
  }

  /** The same for many nets: what is known is read once. */
  async known(log: RunLog): Promise<(config: RunConfig) => KnownRate | null> {
    const { now, cores } = await this.#processors();
    const known = [...this.#file.read(), ...this.#runs.read(log)]
      .filter(({ processor }) => processor === now)
      .sort((one, other) => other.measuredAt.localeCompare(one.measuredAt));
    return (config) => {
      const key = netKeyOf(config);
      const share = shareOf(config, cores);
      const alike = rateFrom(
        known.filter((rate) => isAlike(rate, share)),
        key,
      );
      if (alike) return alike;
      const unlike = rateFrom(known, key);
      return unlike && { ...unlike, from: 'unlike' };
    };
  }
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
function rateFrom(known: readonly Rate[], key: NetKey): KnownRate | null {
  const same = known.find((rate) => isOfNet(rate, key));
  if (same) return { imagesPerSecond: same.imagesPerSecond, from: 'measured' };
  const [nearest] = known
    .map((rate) => ({ rate, factor: macsOf(rate) / macsOf(key) }))
    .sort((one, other) => Math.abs(Math.log(one.factor)) - Math.abs(Math.log(other.factor)));
  if (!nearest) return null;
  return { imagesPerSecond: nearest.rate.imagesPerSecond * nearest.factor, from: 'scaled' };
}
