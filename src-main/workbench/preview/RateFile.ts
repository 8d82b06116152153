import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { imagesAtOnce } from '../../configuration/imagesAtOnce.ts';
import { type RunConfig } from '../../configuration/schema.ts';
import { precisions } from '../../vocabulary/kernels.ts';
import { configurations } from '../../vocabulary/configurations.ts';
import { writeFileAtomically } from '../../foundation/files.ts';

const rateSchema = z.strictObject({
  config: z.enum(configurations),
  width: z.number(),
  crop: z.int(),
  /** Number of images processed at once. */
  microBatch: z.int(),
  /** Model of the CPU or GPU that was used. */
  processor: z.string(),
  /** Threads that computed in each process; null where it was not noted, as in files of versions up to 0.2.0. */
  threads: z.int().min(1).nullable().default(null),
  /** Processes that trained in step. */
  processes: z.int().min(1).default(1),
  /** What its convolutions multiplied. */
  precision: z.enum(precisions).default('float32'),
  /** Whether no other run was trained here meanwhile; null where it was not noted, and beside other programs. */
  alone: z.boolean().nullable().default(null),
  /** In training. */
  imagesPerSecond: z.number().positive(),
  /** In inference; null where it was not noted, as in files of versions up to 0.2.0. */
  cropsPerSecond: z.number().positive().nullable().default(null),
  measuredAt: z.iso.datetime(),
});

/** How fast a net was trained on a processor, and by what part of it. */
export type Rate = z.infer<typeof rateSchema>;
export type NetKey = Pick<Rate, 'config' | 'width' | 'crop' | 'microBatch'>;
/** What part of the processor computes, and in which precision. */
export type Share = Pick<Rate, 'threads' | 'processes' | 'precision'>;

export function netKeyOf({ network, training }: RunConfig): NetKey {
  const { config, width, crop } = network;
  return { config, width, crop, microBatch: imagesAtOnce(training) };
}

/** Of a run that is trained alone on so many cores. */
export function shareOf({ training }: RunConfig, cores: number): Share {
  const { threads, processes, precision } = training;
  return { threads: threads ?? Math.max(1, Math.floor(cores / processes)), processes, precision };
}

export function isOfNet(rate: NetKey, { config, width, crop, microBatch }: NetKey): boolean {
  return (
    rate.config === config && rate.width === width && rate.crop === crop && rate.microBatch === microBatch
  );
}

/**
 * Whether it was measured as a run with this share of the processor is to be trained.
 *
 * @param beside whether that is to be trained beside others of its study
 */
export function isAlike(rate: Rate, { threads, processes, precision }: Share, beside: boolean): boolean {
  const isShared = rate.threads === threads && rate.processes === processes;
  const isUndisturbed = rate.alone === true || (beside && rate.alone === false);
  return isShared && rate.precision === precision && isUndisturbed;
}

/** `rates.json` in the data folder: what `bench` measured last for each net and number of threads. An unreadable file counts as missing. */
export class RateFile {
  readonly #path: string;

  constructor(home: string) {
    this.#path = join(home, 'rates.json');
  }

  read(): Rate[] {
    if (!existsSync(this.#path)) return [];
    try {
      return z.array(rateSchema).parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch {
      return [];
    }
  }

  /** @throws WorkbenchError `disk-full`, `write-failed` */
  add(rate: Rate): void {
    const others = this.read().filter((known) => !isReplacedBy(known, rate));
    writeFileAtomically(this.#path, `${JSON.stringify([...others, rate], null, 2)}\n`);
  }
}

/** One of which nobody knows how it was measured goes with the next of its net, but none for one beside other programs. */
function isReplacedBy(known: Rate, rate: Rate): boolean {
  if (rate.alone === null && known.alone !== null) return false;
  const { processor, threads, processes, precision } = rate;
  if (known.processor !== processor || !isOfNet(known, rate) || known.precision !== precision) return false;
  return known.threads === null || (known.threads === threads && known.processes === processes);
}
