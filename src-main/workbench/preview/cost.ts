import { memoryOfMachine } from '../../engine/device.ts';
import type { RunConfig } from '../../configuration/schema.ts';
import { imagesAtOnce } from '../../configuration/imagesAtOnce.ts';
import { stepsPerEpoch } from '../../configuration/stepsPerEpoch.ts';
import { secondsOf, timeOf } from '../../studies/time.ts';
import type { ImageCounts } from '../../studies/work.ts';
import { describeNetwork } from '../../vgg/describe.ts';
import { ilsvrcClasses } from '../../vocabulary/ilsvrc.ts';
import type { KnownRate } from '../../vocabulary/rates.ts';
import type { CostPreview } from '../contract/configuration.ts';
import { trainingMemory } from './memory.ts';

/**
 * The cost of a run, evaluation included.
 *
 * @param images null if the dataset cannot be opened
 * @param rate of training; null if none is known
 */
export function costOf(config: RunConfig, images: ImageCounts | null, rate: KnownRate | null): CostPreview {
  const { network, training, evaluation } = config;
  const net = describeNetwork({
    ...network,
    classes: network.classes ?? images?.classes ?? ilsvrcClasses,
  });
  const time = images && rate && timeOf(config, [evaluation], images, rate);
  return {
    parameters: net.parameters,
    macsPerImage: net.macs,
    weightBytes: net.weightBytes,
    memoryBytes: memoryOf(config, images?.classes),
    machineBytes: memoryOfMachine(),
    trainImages: images?.trainImages ?? null,
    stepsPerEpoch: images && stepsPerEpoch(images.trainImages, training.batch),
    imagesPerSecond: rate?.imagesPerSecond ?? null,
    rateFrom: rate?.from ?? null,
    secondsPerEpoch: time?.epoch ?? null,
    secondsInAll: time && secondsOf(time),
  };
}

/** The memory of a run's training in bytes, an estimate. @param classes of its images; ILSVRC's if they are not known */
export function memoryOf({ network, training }: RunConfig, classes: number = ilsvrcClasses): number {
  const net = describeNetwork({ ...network, classes: network.classes ?? classes });
  const atOnce = Math.min(imagesAtOnce(training), training.batch);
  const isStraight = atOnce === training.batch && training.clipNorm === null;
  return training.processes * trainingMemory(net, atOnce, isStraight);
}
