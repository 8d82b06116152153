import { describeNetwork } from '../../vgg/describe.ts';
import { ilsvrcClasses } from '../../vocabulary/ilsvrc.ts';
import type { NetKey, Share } from './RateFile.ts';

/**
 * What takes time besides multiplying, in multiply-accumulates: to read and write a float of a layer's output, and what a step
 * costs however small its net is, which no second thread shortens. By them, the rate of net A at crop 32 and an eighth of the
 * width gives those of the table with AVX-512 in docs/speed.md, up to crop 224 and full width, to a tenth.
 */
const macsOfFloat = 100;
const macsOfStep = 300e6;
const bytesPerFloat = 4;

/** What an image costs in training, to scale the time of one net to another; the last layer counts as ILSVRC's. */
export function effortOf(
  { config, width, crop, microBatch }: NetKey,
  { threads, processes }: Pick<Share, 'threads' | 'processes'>,
): number {
  const { macs, activationBytes } = describeNetwork({ config, width, crop, classes: ilsvrcClasses });
  const shared = (macs + (macsOfFloat * activationBytes) / bytesPerFloat) / (threads ?? 1);
  return (shared + macsOfStep / microBatch) / processes;
}
