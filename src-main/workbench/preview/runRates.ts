import type { RunLog } from '../../runs/RunLog.ts';
import { median } from '../../vocabulary/statistics.ts';
import { netKeyOf, type Rate } from './RateFile.ts';

/** Number of newest runs that are read for rates. */
const runsAsked = 50;

/** When a run was trained here, from its first start to its last end, and its rate; null for one without. */
export interface TrainedHere {
  processor: string;
  from: string;
  /** Null while it is trained. */
  to: string | null;
  rate: Omit<Rate, 'alone'> | null;
}

/** The rates of the newest runs, with how they were measured. What ended runs say is kept. */
export class RunRates {
  /** Null for those that were not trained here. */
  readonly #ended = new Map<string, TrainedHere | null>();

  read(log: RunLog): Rate[] {
    const trained = this.#trained(log);
    return trained.flatMap((run) =>
      run.rate === null
        ? []
        : [{ ...run.rate, alone: trained.every((other) => other === run || !overlap(other, run)) }],
    );
  }

  /** Whether a run is trained on this processor now. */
  isBusy(log: RunLog, processor: string): boolean {
    return this.#trained(log).some((run) => run.processor === processor && run.to === null);
  }

  #trained(log: RunLog): TrainedHere[] {
    return log.runs
      .ids()
      .slice(0, runsAsked)
      .map((id) => {
        const known = this.#ended.get(id);
        if (known !== undefined) return known;
        const { trained, isFinal } = trainedHere(log, id);
        if (isFinal) this.#ended.set(id, trained);
        return trained;
      })
      .filter((run) => run !== null);
  }
}

/** A run that was interrupted counts as trained all the while: it may say less than it could, but nothing wrong. */
function overlap(one: TrainedHere, other: TrainedHere): boolean {
  const isBefore = (first: TrainedHere, second: TrainedHere) => first.to !== null && first.to <= second.from;
  return one.processor === other.processor && !isBefore(one, other) && !isBefore(other, one);
}

function trainedHere(log: RunLog, id: string): { trained: TrainedHere | null; isFinal: boolean } {
  const { status, config, environment, imported, startedAt, finishedAt } = log.runs.get(id);
  const isFinal = status === 'finished';
  if (environment === null || startedAt === null || imported) return { trained: null, isFinal };
  const { device, cpu, gpu, threads, processes } = environment;
  const processor = device === 'gpu' && gpu !== null ? gpu : cpu;
  const [series] = log.metrics.read(id, { names: ['imagesPerSecond'] });
  // The median, since the first rates are from a machine that is warming up.
  const imagesPerSecond = median(series?.values ?? []);
  const rate =
    imagesPerSecond > 0
      ? {
          ...netKeyOf(config),
          processor,
          threads,
          processes,
          precision: config.training.precision,
          imagesPerSecond,
          measuredAt: startedAt,
        }
      : null;
  // One that was killed has no end: it trained as long as it has logged.
  const loggedTo = () => new Date(Date.parse(startedAt) + 1000 * (series?.seconds.at(-1) ?? 0)).toISOString();
  const to = status === 'running' ? null : (finishedAt ?? loggedTo());
  return { trained: { processor, from: startedAt, to, rate }, isFinal };
}
