import type { RequestedEvaluation } from '../configuration/evaluations.ts';
import type { RunConfig } from '../configuration/schema.ts';
import { describeNetwork } from '../vgg/describe.ts';
import type { RunRate } from '../vocabulary/rates.ts';
import { workOf, type ImageCounts } from './work.ts';

/** Seconds of a run. */
export interface RunTime {
  /** Until its first step at full speed. */
  start: number;
  /** One epoch, with its validations. */
  epoch: number;
  /** At most: training may stop early. */
  epochs: number;
  /** All its evaluations. */
  evaluation: number;
}

/**
 * How long a run takes. Every time that is shown of a run or a study before it is trained comes from here.
 *
 * @param rate of its net
 */
export function timeOf(
  config: RunConfig,
  evaluations: readonly RequestedEvaluation[],
  images: ImageCounts,
  rate: RunRate,
): RunTime {
  const { network, training } = config;
  const { macs } = describeNetwork({ ...network, classes: network.classes ?? images.classes });
  const work = workOf(config, evaluations, images);
  const validated = training.validationsPerEpoch * images.valImages;
  return {
    start: rate.startSeconds,
    epoch: images.trainImages / rate.imagesPerSecond + validated / rate.cropsPerSecond,
    epochs: training.epochs,
    evaluation: work.evaluation / (macs * rate.cropsPerSecond),
  };
}

/** From start to end. */
export function secondsOf({ start, epoch, epochs, evaluation }: RunTime): number {
  return start + epochs * epoch + evaluation;
}
