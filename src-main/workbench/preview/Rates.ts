import type { RunConfig } from '../../configuration/schema.ts';
import { deviceFacts } from '../../engine/device.ts';
import { findEngine } from '../../engine/provision/provideEngine.ts';
import { cachedFor } from '../../foundation/cachedFor.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import type { BenchResult } from '../../trainer/protocol.ts';
import { median } from '../../vocabulary/statistics.ts';
import { hasKey, macsOf, RateFile, rateKeyOf, type Rate, type RateKey } from './RateFile.ts';

/** Number of newest runs that are read for rates. */
const runsAsked = 50;
const millisecondsKept = 30_000;

/** How fast this machine trains: from its runs and from `bench`. */
export class Rates {
  readonly #file: RateFile;
  /** Rates of ended runs; null for runs without one. */
  readonly #ofRuns = new Map<string, Rate | null>();
  readonly #processors = cachedFor(millisecondsKept, async () => {
    const [{ cpu, gpus }, engine] = [await deviceFacts(), await findEngine()];
    const gpu = gpus[0]?.name;
    return { cpu: cpu.model, gpu, now: engine?.build === 'gpu' && gpu !== undefined ? gpu : cpu.model };
  });

  constructor(home: string) {
    this.#file = new RateFile(home);
  }

  /** Stores what `bench` has measured. @throws WorkbenchError `disk-full`, `write-failed` */
  async add(config: RunConfig, { trainImagesPerSecond, device }: BenchResult): Promise<void> {
    const { cpu, gpu } = await this.#processors();
    this.#file.add({
      ...rateKeyOf(config),
      processor: device === 'gpu' ? (gpu ?? cpu) : cpu,
      imagesPerSecond: trainImagesPerSecond,
      measuredAt: new Date().toISOString(),
    });
  }

  /** The latest rate of a net, else that of the net nearest in work, scaled by it; null before any measurement. */
  async of(
    log: RunLog,
    config: RunConfig,
  ): Promise<{ imagesPerSecond: number; from: 'measured' | 'scaled' } | null> {
    const { now } = await this.#processors();
    const key = rateKeyOf(config);
    const known = [...this.#file.read(), ...this.#measuredByRuns(log)]
      .filter(({ processor }) => processor === now)
      .sort((one, other) => other.measuredAt.localeCompare(one.measuredAt));
    const same = known.find((rate) => hasKey(rate, key));
    if (same) return { imagesPerSecond: same.imagesPerSecond, from: 'measured' };
    const [nearest] = known
      .map((rate) => ({ rate, factor: macsOf(rate) / macsOf(key) }))
      .sort((one, other) => Math.abs(Math.log(one.factor)) - Math.abs(Math.log(other.factor)));
    if (!nearest) return null;
    return { imagesPerSecond: nearest.rate.imagesPerSecond * nearest.factor, from: 'scaled' };
  }

  #measuredByRuns(log: RunLog): Rate[] {
    return log.runs
      .ids()
      .slice(0, runsAsked)
      .map((id) => {
        const known = this.#ofRuns.get(id);
        if (known !== undefined) return known;
        const { rate, isFinal } = rateOfRun(log, id);
        if (isFinal) this.#ofRuns.set(id, rate);
        return rate;
      })
      .filter((rate) => rate !== null);
  }
}

/** The median rate of a run, since its first rates are from a machine that is warming up. */
function rateOfRun(log: RunLog, id: string): { rate: Rate | null; isFinal: boolean } {
  const { status, config, environment, imported, startedAt } = log.runs.get(id);
  const isFinal = status === 'finished';
  if (environment === null || startedAt === null || imported) return { rate: null, isFinal };
  const [series] = log.metrics.read(id, { names: ['imagesPerSecond'] });
  const imagesPerSecond = median(series?.values ?? []);
  if (!(imagesPerSecond > 0)) return { rate: null, isFinal };
  const { device, cpu, gpu } = environment;
  const processor = device === 'gpu' && gpu !== null ? gpu : cpu;
  const key: RateKey = rateKeyOf(config);
  return { rate: { ...key, processor, imagesPerSecond, measuredAt: startedAt }, isFinal };
}
