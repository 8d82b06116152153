import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { imagesAtOnce } from '../../configuration/imagesAtOnce.ts';
import { type RunConfig } from '../../configuration/schema.ts';
import { configurations } from '../../vocabulary/configurations.ts';
import { writeFileAtomically } from '../../foundation/files.ts';
import { describeNetwork } from '../../vgg/describe.ts';
import { ilsvrcClasses } from '../../vocabulary/ilsvrc.ts';

const rateSchema = z.strictObject({
  config: z.enum(configurations),
  width: z.number(),
  crop: z.int(),
  /** Number of images processed at once. */
  microBatch: z.int(),
  /** Model of the CPU or GPU that was used. */
  processor: z.string(),
  /** In training. */
  imagesPerSecond: z.number().positive(),
  measuredAt: z.iso.datetime(),
});

/** How fast a net was trained on a processor. */
export type Rate = z.infer<typeof rateSchema>;
export type RateKey = Pick<Rate, 'config' | 'width' | 'crop' | 'microBatch'>;

export function rateKeyOf({ network, training }: RunConfig): RateKey {
  const { config, width, crop } = network;
  return { config, width, crop, microBatch: imagesAtOnce(training) };
}

export function hasKey(rate: RateKey, { config, width, crop, microBatch }: RateKey): boolean {
  return (
    rate.config === config && rate.width === width && rate.crop === crop && rate.microBatch === microBatch
  );
}

/** Multiply-accumulates for one image; the last layer counts as ILSVRC's. */
export function macsOf({ config, width, crop }: RateKey): number {
  return describeNetwork({ config, width, crop, classes: ilsvrcClasses }).macs;
}

/** `rates.json` in the data folder: what `bench` measured last for each net. An unreadable file counts as missing. */
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
    const others = this.read().filter((known) => known.processor !== rate.processor || !hasKey(known, rate));
    writeFileAtomically(this.#path, `${JSON.stringify([...others, rate], null, 2)}\n`);
  }
}
